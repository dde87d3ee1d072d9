import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import { nearest as nearestName } from '../../nearest.js';
import { pointerSteps } from '../../json.js';
import type { Call } from '../call.js';
import { HOLE, isShownName, shownHost, shownName, shownUrl } from '../../exchange/shown-url.js';
import { addressOf, decoded, type Address } from './address.js';
import type { Finding } from './finding.js';
import { fitOf, isLikePath, likest, nearestOperation, operationsOn } from './match.js';
import { namesAgainst } from './members.js';
import { queryAgainst } from './parameters.js';
import { PASSED_OVER, passedOver } from './passed-over.js';
import { placeholderIn } from './placeholders.js';
import type { Sites } from './sites.js';

/** A call held against the contract; its URL, and every name in it, as it may be printed. */
export interface Audited {
  /** Null where nothing says it. */
  method: string | null;
  url: string;
  /** Whether the contract has it: this method on this path of one of its hosts, letter by letter. */
  known: boolean;
  /** The operation that it is. */
  operation?: string;
  /** The operation that was probably intended. */
  nearest?: string;
  findings: Finding[];
  file: string;
  line?: number;
  entry?: number;
}

/** The verdict on a call. */
export type Judgement =
  | { as: 'judged'; call: Audited }
  /** It is none of an API. */
  | { as: 'passed over'; what: string }
  /** It is one of another API. */
  | { as: 'elsewhere'; host: string }
  /** What it asks for is decided when the code runs. */
  | { as: 'open'; why: string };

/** What calls are held against. */
export interface Measure {
  contract: Pick<Contract, 'document' | 'operations'>;
  sites: Sites;
}

/** Holds a consumer's call against the contract. Asks nothing of any network. */
export function judge(call: Call, { contract, sites }: Measure): Judgement {
  const address = addressOf(call.url);
  if ('scheme' in address) return { as: 'passed over', what: PASSED_OVER.noHost };
  if (call.hints?.upgrade === true || /^wss?:/i.test(call.url))
    return { as: 'passed over', what: PASSED_OVER.socket };
  const view = viewOf(address, sites);
  const found = operationsOn(view.path, view.operations);
  const others = (): Judgement | undefined => {
    const what = passedOver(call, address);
    return what === undefined ? undefined : { as: 'passed over', what };
  };
  const fits = found?.fit === 'fits' ? found.operations : [];
  const operation =
    fits.find(({ method }) => call.method === method) ?? (call.method === undefined ? fits[0] : undefined);
  if (view.standing === 'other') {
    const host = shownHost(address.host ?? '', call.isOfCode === true ? 'all' : sites.words);
    if (!operation) return others() ?? { as: 'elsewhere', host };
    return judged(call, sites, {
      shown: operation,
      findings: [{ code: 'other-host', severity: 'error', host }],
    });
  }
  if (view.standing === 'retired') {
    const host = address.host ?? '';
    const known = sites.retired.get(host) ?? '';
    const nearest = operation ?? nearestOperation(call.method, view.path, contract.operations);
    return (
      others() ??
      judged(call, sites, {
        ...{ shown: fits[0], nearest, like: likest(view.path, contract.operations) },
        findings: [{ code: 'retired-host', severity: 'error', host, known }],
      })
    );
  }
  if (operation) {
    const only = call.method === undefined && fits.length > 1 ? undefined : operation;
    return judged(call, sites, {
      operation: only,
      shown: operation,
      known: true,
      findings: findingsOn(operation, call, address, view, contract),
    });
  }
  const passed = others();
  if (passed) return passed;
  // What is not known can be several steps of a path, of which another operation has this method.
  const canBe = view.operations.filter((one) => fitOf(one.path, view.path) === 'could');
  if (fits.length > 0 && !canBe.some(({ method }) => method === call.method)) {
    const methods = [...new Set(fits.map(({ method }) => method))];
    const nearest = nearestOperation(call.method, view.path, view.operations);
    return judged(call, sites, {
      shown: fits[0],
      nearest,
      findings: [{ code: 'unknown-method', severity: 'error', methods }],
    });
  }
  if (found || isOpen(view.path, sites))
    return { as: 'open', why: 'a part of the path is decided when the code runs' };
  const nearest = nearestOperation(call.method, view.path, view.operations);
  const values = placeholdersIn(view.path);
  return judged(call, sites, {
    ...{ nearest, like: likest(view.path, view.operations) },
    findings: [{ code: 'unknown-path', severity: 'error' }, ...values],
  });
}

/** Whether the contract has the path of a call, and its method where that is known, on one of its hosts. */
export function isNamedBy({ method, url }: Pick<Call, 'method' | 'url'>, sites: Sites): boolean {
  const address = addressOf(url);
  if ('scheme' in address) return false;
  const view = viewOf(address, sites);
  const found = operationsOn(view.path, view.operations);
  if (view.standing !== 'own' || found?.fit !== 'fits') return false;
  return method === undefined || found.operations.some((operation) => operation.method === method);
}

/** Whether nothing of the path of a URL is known but what many begin with. */
export function isOpenUrl(url: string, sites: Sites): boolean {
  const address = addressOf(url);
  return !('scheme' in address) && (address.path === '' || isOpen(viewOf(address, sites).path, sites));
}

/** Whether the contract has a path that is like that of a URL, whatever its method. */
export function nearestOn(url: string, sites: Sites): boolean {
  const address = addressOf(url);
  if ('scheme' in address) return false;
  const { path, operations } = viewOf(address, sites);
  return operations.some((operation) => isLikePath(path, operation.path));
}

/** A call as a place of the contract sees it. */
interface View {
  standing: 'own' | 'retired' | 'other';
  /** As the contract would write it. */
  path: string;
  operations: readonly Operation[];
}

function viewOf({ host, path }: Address, sites: Sites): View {
  const anywhere: View = { standing: 'own', path, operations: sites.anywhere };
  if (host === undefined) return anywhere;
  if (host === '') {
    // Code may have what many paths begin with in its base URL.
    const fitting = sites.prefixes.find(
      (prefix) => operationsOn(prefix + path, sites.anywhere)?.fit === 'fits',
    );
    return { ...anywhere, path: (fitting ?? '') + path };
  }
  const here = sites.at.filter((site) => site.host === host);
  const views = here
    .filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
    .sort((one, other) => other.prefix.length - one.prefix.length)
    .map(({ prefix, instead, operations }): View => {
      return { standing: 'own', path: instead + path.slice(prefix.length), operations };
    });
  const best = views.find((view) => operationsOn(view.path, view.operations)?.fit === 'fits') ?? views[0];
  if (best) return best;
  if (here.length > 0) return { ...anywhere, operations: here.flatMap(({ operations }) => operations) };
  return { ...anywhere, standing: sites.retired.has(host) ? 'retired' : 'other' };
}

/** Whether nothing of a path is known but what many begin with. */
function isOpen(path: string, { prefixes }: Sites): boolean {
  if (!path.includes(HOLE)) return false;
  const prefix = prefixes.findLast((one) => path.startsWith(`${one}/`)) ?? '';
  return !/[^/\uFFFF]/.test(path.slice(prefix.length)) || /^[^/]*\uFFFF/.test(path);
}

/** What is wrong with a call of an operation. */
function findingsOn(
  operation: Operation,
  call: Call,
  address: Address,
  view: View,
  contract: Measure['contract'],
): Finding[] {
  const query = [...address.query, ...(call.query ?? [])];
  const keys = operation.security
    .flat()
    .flatMap((scheme) => (scheme.in === 'query' ? (scheme.parameter ?? []) : []));
  const findings: Finding[] = placeholdersIn(view.path, operation.path);
  for (const { name, value } of query) {
    const placeholder = value === undefined ? undefined : placeholderIn(value);
    if (placeholder)
      findings.push({
        code: 'placeholder-in-query',
        severity: 'warning',
        name: shownName(name),
        value: placeholder,
      });
  }
  // Where no method is known, it is not known which operation's names count.
  if (call.method === undefined) return findings;
  const names = queryAgainst(operation, query, new Set(keys));
  const described = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  for (const name of names.unknown) {
    const near = isShownName(name) ? nearestName(name, described) : undefined;
    const isNear = near !== undefined && isLike(name, near);
    findings.push({
      ...{ code: 'unknown-query-parameter', severity: 'warning', name: shownName(name) },
      ...(isNear ? { nearest: near } : {}),
    });
  }
  if (call.complete.query)
    for (const name of names.missing)
      findings.push({ code: 'missing-query-parameter', severity: 'warning', name });
  if (!call.body) return findings;
  const members = namesAgainst(contract, operation, call.body);
  for (const name of members.unknown)
    findings.push({ code: 'unknown-body-member', severity: 'warning', name: shownMember(name) });
  if (call.complete.body && call.body.members)
    for (const name of members.missing)
      findings.push({ code: 'missing-body-member', severity: 'warning', name });
  return findings;
}

/** Whether one name can be a spelling of another: case and marks aside, or with a third of its letters changed. */
function isLike(one: string, other: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/g, '');
  const [short, long] = [plain(one), plain(other)].sort((a, b) => a.length - b.length);
  return (
    short === long || (short !== undefined && long !== undefined && short.length > 3 && long.includes(short))
  );
}

/** The values of a path that are none. With a template, only where it has parameters: its own words are right. */
function placeholdersIn(path: string, template?: string): Finding[] {
  const segments = path.split('/').slice(1);
  const words = template?.split('/').slice(1);
  const found = segments.flatMap((segment, index): Finding[] => {
    const isWord = words?.[index] === segment;
    const isEmpty = segment === '' && index < segments.length - 1;
    const value = isEmpty ? 'nothing' : isWord ? undefined : placeholderIn(segment);
    return value ? [{ code: 'placeholder-in-path', severity: 'error', value }] : [];
  });
  return found.slice(0, 1);
}

function shownMember(name: string): string {
  return pointerSteps(name)
    .map((step) => (step === '*' ? '*' : shownName(step)))
    .join('.');
}

function judged(
  call: Call,
  { words }: Sites,
  {
    operation,
    known = false,
    shown,
    like,
    nearest,
    findings,
  }: {
    operation?: Operation | undefined;
    known?: boolean;
    /** Whose template stands for the path. */
    shown?: Operation | undefined;
    /** What the path is probably a spelling of. */
    like?: Operation | undefined;
    nearest?: Operation | undefined;
    findings: Finding[];
  },
): Judgement {
  return {
    as: 'judged',
    call: {
      method: call.method ?? null,
      url: shownUrl(
        call.url,
        { is: shown?.path, like: like?.path, words: call.isOfCode === true ? 'all' : words },
        call.query?.map(({ name }) => decoded(name)),
      ),
      known,
      ...(operation ? { operation: operation.id } : {}),
      ...(nearest ? { nearest: nearest.id } : {}),
      findings,
      ...call.place,
    },
  };
}
