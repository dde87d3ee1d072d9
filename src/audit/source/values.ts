import { HOLE } from '../../exchange/shown-url.js';
import {
  dotted,
  lastName,
  NOTHING,
  within,
  type Argument,
  type Arm,
  type Code,
  type Invocation,
  type Text,
} from './code.js';
import { isSelf, takesSelf, type ClassCode, type Placed, type Program, type Scope } from './scopes.js';

/** Stands in a text for what a parameter of a function gives it. It is no character either. */
export const PARAMETER = '\uFFFE';

/** What the parameters of a function are in one call of it. */
export interface Frame {
  scope: Scope;
  given: ReadonlyMap<string, Located>;
  outer: Frame | undefined;
}

/** Code at its place, in the calls that led there. */
export interface Located<C extends Code = Code> extends Placed<C> {
  frame: Frame | undefined;
}

/** More ways than these to put a text together are not followed, nor longer ones. */
const MOST = 16;
const DEEPEST = 30;
/** So many pieces of code are looked at for one request; what is known then is enough, or it is not in the code. */
const MOST_STEPS = 2000;
/** A name that so many files set is no name of the program. */
const MOST_GLOBALS = 4;

/** Says what texts code can come to, and of what objects it is made. */
export class Values {
  /** The texts that were looked at as a part of another. */
  readonly used = new Set<Text>();
  /** The functions whose parameters a text was found to depend on, with the names of these. */
  touched = new Map<Scope, Set<string>>();

  private left = MOST_STEPS;

  constructor(private readonly program: Program) {}

  /** Begins with another request, and allows for it the work of one. */
  start(): void {
    this.left = MOST_STEPS;
    this.touched = new Map();
  }

  private isSpent(depth: number): boolean {
    this.left -= 1;
    return depth > DEEPEST || this.left < 0;
  }

  /** The texts that code can come to, with `HOLE` and `PARAMETER` for what is not known. At least one. */
  textsOf(located: Located, depth = 0): string[] {
    if (this.isSpent(depth)) return [HOLE];
    const found = this.texts(located, depth);
    const known = found.filter((text) => text !== HOLE);
    const distinct = [...new Set(known.length > 0 ? known : found)];
    return distinct.length === 0 ? [HOLE] : distinct.slice(0, MOST);
  }

  private texts(located: Located, depth: number): string[] {
    const { code } = located;
    const of = (inner: Code): string[] => this.textsOf({ ...located, code: inner }, depth + 1);
    switch (code.is) {
      case 'text':
        this.used.add(code);
        return product(
          code.parts.map((part) => (typeof part === 'string' ? [withoutBraces(part)] : of(part))),
        );
      case 'join':
        return product(code.parts.map(of));
      case 'either':
        return code.options.filter(({ is }) => is !== 'other').flatMap(of);
      case 'first': {
        const found: string[] = [];
        for (const option of code.options) {
          const texts = of(option);
          found.push(...texts);
          // What callers decide may be nothing, too.
          if (texts.some((text) => text !== HOLE) && !texts.some((text) => text.includes(PARAMETER))) break;
        }
        return found;
      }
      case 'call':
        return this.textsOfCall({ ...located, code }, depth);
      case 'name':
      case 'member':
      case 'item': {
        const values = this.valuesOf(located, depth + 1);
        if (values === 'parameter') return [PARAMETER];
        return values.length === 0 ? [HOLE] : values.flatMap((value) => this.textsOf(value, depth + 1));
      }
      default:
        return [HOLE];
    }
  }

  /** What a text is made by: its methods, functions that put texts together, and functions of the program. */
  private textsOfCall(located: Located<Invocation>, depth: number): string[] {
    const { callee, arguments: given } = located.code;
    const name = lastName(callee) ?? '';
    const of = (code: Code | undefined): string[] =>
      code === undefined ? [HOLE] : this.textsOf({ ...located, code }, depth + 1);
    const [first, second] = given.map(({ value }) => value);
    if (callee.is === 'member') {
      if (name === 'format' || name === '%') return this.formatted(callee.of, given, of);
      if (name === 'concat') return product([of(callee.of), ...given.map(({ value }) => of(value))]);
      if (name === 'join') return this.joined(located, callee.of, first, of);
      if (TRIMS.has(name)) return of(callee.of).map((text) => trimmed(text, name, first));
      if (name === 'replace' || name === 'replaceAll')
        return replaced(of(callee.of), first, first && of(first), second && of(second));
      if (KEEPS.has(name)) return of(callee.of);
    }
    // What is read from the environment has a value to fall back to.
    if (
      /^(?:get|getenv|env|config|get_env|getEnv|setdefault)$/.test(name) &&
      (second ?? named(given, 'default')) !== undefined
    ) {
      const within =
        callee.is === 'member' ? this.itemsOf({ ...located, code: callee.of }, first, depth) : [];
      return [
        ...within.flatMap((item) => this.textsOf(item, depth + 1)),
        ...of(second ?? named(given, 'default')).map((text) => text || HOLE),
      ];
    }
    if (callee.is === 'member' && name === 'get' && first) {
      return this.itemsOf({ ...located, code: callee.of }, first, depth).flatMap((item) =>
        this.textsOf(item, depth + 1),
      );
    }
    if (name === 'urljoin' && first && second) return resolved(of(first), of(second));
    if (name === 'URL' && first) return second ? resolved(of(second), of(first)) : of(first);
    if (/^(?:str|String|encodeURI|Path|HttpUrl|AnyUrl)$/.test(name) && first) return of(first);
    return this.returned(located, depth);
  }

  /** What a function of the program returns, where it is called like this. */
  private returned(located: Located<Invocation>, depth: number): string[] {
    const [scope] = this.functionsCalled(located);
    if (!scope || depth > DEEPEST / 2) return [HOLE];
    const frame = this.frameOf(scope, located);
    return scope.returns.flatMap((value) => this.textsOf({ ...value, frame }, depth + 1));
  }

  private formatted(text: Code, given: readonly Argument[], of: (code: Code) => string[]): string[] {
    if (text.is !== 'text') return of(text);
    this.used.add(text);
    const positional = given.filter(({ name }) => name === undefined).map(({ value }) => value);
    const [only] = positional;
    const values = positional.length === 1 && only?.is === 'list' ? only.items : positional;
    let next = 0;
    const valueOf = (name: string): string[] => {
      if (name === '' || /^\d+$/.test(name))
        return of(values[name === '' ? next++ : Number(name)] ?? NOTHING);
      return of(named(given, name) ?? NOTHING);
    };
    return product(
      text.parts.flatMap((part): string[][] => {
        if (typeof part !== 'string') return [of(part)];
        return part
          .split(/(\{\w*(?:![rsa])?(?::[^{}]*)?\}|%(?:\(\w+\))?[sdrif])/)
          .map((piece, index) =>
            index % 2 === 0
              ? [piece]
              : piece.startsWith('{')
                ? valueOf(piece.replace(/[{}]|[!:].*$/g, ''))
                : piece.startsWith('%(')
                  ? [HOLE]
                  : valueOf(''),
          );
      }),
    );
  }

  /** `"/".join([a, b])`, and `[a, b].join('/')`. */
  private joined(
    located: Located,
    of: Code,
    first: Code | undefined,
    textsOf: (code: Code) => string[],
  ): string[] {
    const isText = of.is === 'text';
    const separator = isText ? of : first;
    const list = isText ? first : of;
    const [items] = list ? this.structuresOf({ ...located, code: list }) : [];
    if (items?.code.is !== 'list') return [HOLE];
    const between = separator ? textsOf(separator) : [','];
    const parts = items.code.items.map((item) => this.textsOf({ ...items, code: item }));
    return product(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
  }

  /** What a name, a member or an item stands for; `parameter` where callers decide it. */
  private valuesOf(located: Located, depth: number): Located[] | 'parameter' {
    const { code } = located;
    if (this.isSpent(depth)) return [];
    if (code.is === 'name') return this.namedValues(located, code.name);
    if (code.is === 'item') {
      if (this.isGiven({ ...located, code: code.of }, depth)) return 'parameter';
      return this.itemsOf({ ...located, code: code.of }, code.key, depth);
    }
    if (code.is !== 'member') return [];
    const of = dotted(code.of);
    if (isSelf(of)) return this.attributesOf(located.scope.owner, code.name, located.frame, new Set());
    const holder = { ...located, code: code.of };
    if (this.isGiven(holder, depth)) return 'parameter';
    if (this.structuresOf(holder, depth + 1).length > 0) {
      return this.itemsOf(holder, { is: 'text', parts: [code.name], line: 0 }, depth);
    }
    return this.attributesAnywhere(of, code.name);
  }

  /** Whether callers give an object. */
  private isGiven(located: Located, depth: number): boolean {
    return located.code.is === 'name' && this.valuesOf(located, depth + 1) === 'parameter';
  }

  private namedValues({ scope, position, arms, frame }: Located, name: string): Located[] | 'parameter' {
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const isOwn = at === scope;
      const { values, certain } = reaching(
        at.sets.get(name) ?? [],
        isOwn ? position : Infinity,
        isOwn ? arms : [],
      );
      const found: Located[] = values.map((value) => ({ ...value, frame }));
      const parameter = at.function?.parameters.find((one) => one.name === name);
      if (!parameter) {
        if (found.length > 0) return found;
        continue;
      }
      if (certain) return found;
      const given = this.given(at, name, frame);
      if (given) return [...found, given];
      if (found.length > 0) return found;
      this.touched.set(at, (this.touched.get(at) ?? new Set()).add(name));
      return 'parameter';
    }
    const elsewhere = this.program.globals.get(name) ?? [];
    if (elsewhere.length > MOST_GLOBALS) return [];
    return elsewhere.map((value) => ({ ...value, frame: undefined }));
  }

  /** What a parameter is given in the calls that led here. */
  private given(scope: Scope, name: string, frame: Frame | undefined): Located | undefined {
    for (let at = frame; at; at = at.outer) if (at.scope === scope) return at.given.get(name);
    return undefined;
  }

  private attributesOf(
    owner: ClassCode | undefined,
    name: string,
    frame: Frame | undefined,
    seen: Set<ClassCode>,
  ): Located[] {
    if (!owner || seen.has(owner)) return [];
    seen.add(owner);
    // What is empty at first is set to something later.
    const set = (owner.attributes.get(name) ?? []).filter(
      ({ code }) => code.is !== 'text' || code.parts.length > 0,
    );
    const own = set.map((value) => ({ ...value, frame }));
    const property = owner.methods.get(name);
    const returned = property ? property.returns.map((value) => ({ ...value, frame })) : [];
    if (own.length + returned.length > 0) return [...own, ...returned];
    return owner.bases
      .flatMap((base) => this.program.classes.get(base) ?? [])
      .flatMap((base) => this.attributesOf(base, name, frame, seen));
  }

  /** `Settings.BASE`, `config.BASE` of another file, `settings.base_url` of an object of some class. */
  private attributesAnywhere(of: string | undefined, name: string): Located[] {
    if (of === undefined || /^(?:process\.env|import\.meta\.env|os\.environ)$/.test(of)) return [];
    const classes = this.program.classes.get(of) ?? [];
    const own = classes.flatMap(({ attributes }) => attributes.get(name) ?? []);
    if (own.length > 0) return own.map((value) => ({ ...value, frame: undefined }));
    const globals = this.program.globals.get(name) ?? [];
    if (globals.length > 0 && globals.length <= MOST_GLOBALS)
      return globals.map((value) => ({ ...value, frame: undefined }));
    const holders = [...this.program.classes.values()]
      .flat()
      .filter(({ attributes }) => attributes.has(name));
    const [only] = holders;
    if (holders.length !== 1 || !only) return [];
    return (only.attributes.get(name) ?? []).map((value) => ({ ...value, frame: undefined }));
  }

  /** What the name is of that a text begins with, where nobody knows what it stands for; undefined where that is known. */
  beginOf(located: Located, depth = 0): string | undefined {
    const { code } = located;
    const [first] = code.is === 'text' || code.is === 'join' ? code.parts : [];
    if (typeof first === 'object') return this.beginOf({ ...located, code: first }, depth + 1);
    if (depth > DEEPEST || code.is === 'text' || code.is === 'join') return undefined;
    if (code.is === 'call') {
      const [scope] = this.functionsCalled({ ...located, code });
      const [value] = scope?.returns ?? [];
      if (scope && value)
        return this.beginOf({ ...value, frame: this.frameOf(scope, { ...located, code }) }, depth + 1);
      return code.callee.is === 'member'
        ? this.beginOf({ ...located, code: code.callee.of }, depth + 1)
        : undefined;
    }
    if (code.is !== 'name' && code.is !== 'member') return undefined;
    const values = this.valuesOf(located, depth + 1);
    if (values === 'parameter') return undefined;
    const [value] = values;
    return value ? this.beginOf(value, depth + 1) : code.name;
  }

  /** What an object or a list holds under a key; all that it holds where the key is not known. */
  private itemsOf(located: Located, key: Code | undefined, depth: number): Located[] {
    const texts = key ? this.textsOf({ ...located, code: key }, depth + 1) : [HOLE];
    const isKnown = texts.every((text) => !text.includes(HOLE) && !text.includes(PARAMETER));
    return this.structuresOf(located, depth + 1).flatMap((structure): Located[] => {
      const { code } = structure;
      if (code.is === 'list') return code.items.map((item) => ({ ...structure, code: item }));
      if (code.is !== 'record') return [];
      const members = code.members.filter(
        ({ name }) => !isKnown || (name !== undefined && texts.includes(name)),
      );
      return members.map(({ value }) => ({ ...structure, code: value }));
    });
  }

  /** The objects, lists, calls and functions that code can come to. */
  structuresOf(located: Located, depth = 0): Located[] {
    const { code } = located;
    if (this.isSpent(depth)) return [];
    if (code.is === 'either' || code.is === 'first') {
      return code.options.flatMap((option) => this.structuresOf({ ...located, code: option }, depth + 1));
    }
    if (code.is === 'name' || code.is === 'member' || code.is === 'item') {
      const values = this.valuesOf(located, depth + 1);
      return values === 'parameter' ? [] : values.flatMap((value) => this.structuresOf(value, depth + 1));
    }
    return code.is === 'text' || code.is === 'join' || code.is === 'other' ? [] : [located];
  }

  /** The bodies of the functions of the program that a call can be of; empty where that is not clear. */
  functionsCalled({ code: { callee, arguments: given }, scope }: Placed<Invocation>): Scope[] {
    const name = lastName(callee);
    if (name === undefined) return [];
    const all = this.program.functions.get(name) ?? [];
    if (all.length === 0) return [];
    const of = callee.is === 'member' ? dotted(callee.of) : undefined;
    if (callee.is === 'member' && (isSelf(of) || of === 'super')) {
      const own = methodOf(this.program, scope.owner, name, new Set());
      return own ? [own] : [];
    }
    // A method of an object that nobody knows is the one of that name only if it is given what that one needs.
    const fitting =
      of === undefined && callee.is === 'name' ? all : all.filter((one) => takes(one, given.length));
    const here = fitting.filter(({ unit }) => unit === scope.unit);
    if (here.length === 1) return here;
    return fitting.length === 1 ? fitting : [];
  }

  /** The parameters of a function as a call gives them. */
  frameOf(scope: Scope, call: Located<Invocation>): Frame {
    const given = new Map<string, Located>();
    const parameters = scope.function?.parameters ?? [];
    const positional = takesSelf(scope) ? parameters.slice(1) : parameters;
    const place = (code: Code): Located => ({ ...call, code });
    for (const { name, fallback } of parameters) {
      if (fallback) given.set(name, { code: fallback, scope, position: 0, arms: [], frame: undefined });
    }
    const names = new Set(parameters.map(({ name }) => name));
    const rest = parameters.find((parameter) => parameter.rest === true);
    if (rest) {
      const members = call.code.arguments.filter(({ name }) => name !== undefined && !names.has(name));
      const made = members.map(({ name, value }) => ({ name: name === '**' ? undefined : name, value }));
      given.set(rest.name, place({ is: 'record', members: made }));
    }
    let index = 0;
    for (const { name, value } of call.code.arguments) {
      if (name === undefined) {
        const parameter = positional[index];
        index += 1;
        if (parameter) given.set(parameter.name, place(value));
      } else if (name !== '**') given.set(name, place(value));
    }
    // A parameter that nobody gives is nothing, and not one of further callers.
    for (const { name } of parameters) if (!given.has(name)) given.set(name, place(NOTHING));
    return { scope, given, outer: call.frame };
  }

  /** The entries that were put into an object after it was made. */
  entriesOf({ code, scope, position, arms }: Located): (Placed & { key: Code })[] {
    const name = dotted(code);
    if (name === undefined) return [];
    return (scope.entries.get(name) ?? []).filter(
      (entry) => entry.position <= position && !areApart(entry.arms, arms),
    );
  }
}

/** Whether so many arguments are enough for a function. */
function takes(scope: Scope, count: number): boolean {
  const parameters = (scope.function?.parameters ?? []).slice(takesSelf(scope) ? 1 : 0);
  return count >= parameters.filter(({ fallback }) => fallback === undefined).length;
}

function methodOf(
  program: Program,
  owner: ClassCode | undefined,
  name: string,
  seen: Set<ClassCode>,
): Scope | undefined {
  if (!owner || seen.has(owner)) return undefined;
  seen.add(owner);
  const own = owner.methods.get(name);
  if (own) return own;
  for (const base of owner.bases.flatMap((one) => program.classes.get(one) ?? [])) {
    const inherited = methodOf(program, base, name, seen);
    if (inherited) return inherited;
  }
  return undefined;
}

/** The values that can have reached a place, the last first; `certain` where one of them has in any case. */
function reaching(
  sets: readonly Placed[],
  position: number,
  arms: readonly Arm[],
): { values: Placed[]; certain: boolean } {
  const values: Placed[] = [];
  const seen = new Map<number, Set<number>>();
  for (const set of sets.toReversed()) {
    if (set.position >= position || areApart(set.arms, arms)) continue;
    values.push(set);
    // Where each arm of a statement sets it, what was before it is gone.
    const arm = set.arms.at(-1);
    if (arm && set.arms.length <= arms.length + 1) {
      const done = (seen.get(arm.statement) ?? new Set()).add(arm.arm);
      seen.set(arm.statement, done);
      const last = sets.find(
        (one) => one.arms.at(-1)?.statement === arm.statement && one.arms.at(-1)?.otherwise === true,
      );
      if (last && done.size === (last.arms.at(-1)?.arm ?? 0) + 1) return { values, certain: true };
    }
    if (
      set.arms.every(
        ({ statement, arm }, index) => arms[index]?.statement === statement && arms[index].arm === arm,
      )
    )
      return { values, certain: true };
  }
  return { values, certain: false };
}

/** Whether two places are in different arms of one statement. */
function areApart(one: readonly Arm[], other: readonly Arm[]): boolean {
  return one.some(({ statement, arm }) =>
    other.some((same) => same.statement === statement && same.arm !== arm),
  );
}

export function named(given: readonly Argument[], name: string): Code | undefined {
  return given.find((argument) => argument.name === name)?.value;
}

/** Every way to take one text of each list. */
function product(lists: readonly (readonly string[])[]): string[] {
  let texts = [''];
  for (const list of lists) texts = texts.flatMap((text) => list.map((more) => text + more)).slice(0, MOST);
  return texts;
}

/** `{id}` in a text is filled in later. */
function withoutBraces(text: string): string {
  return text.replace(/\{[A-Za-z_]\w*\}/g, () => HOLE);
}

const KEEPS: ReadonlySet<string> = new Set([
  'toString',
  'encode',
  'decode',
  'lower',
  'toLowerCase',
  'normalize',
  'valueOf',
  'href',
]);
const TRIMS: ReadonlySet<string> = new Set([
  'strip',
  'lstrip',
  'rstrip',
  'trim',
  'trimStart',
  'trimEnd',
  'removesuffix',
  'removeprefix',
]);

/** `rstrip("/")` and its kind; what is not a slash is left alone. */
function trimmed(text: string, name: string, what: Code | undefined): string {
  const [given] = what?.is === 'text' ? what.parts : [];
  if (typeof given !== 'string' || given === '') return text;
  if (name === 'removeprefix') return text.startsWith(given) ? text.slice(given.length) : text;
  if (name === 'removesuffix') return text.endsWith(given) ? text.slice(0, -given.length) : text;
  if (!given.includes('/')) return text;
  const begun = name === 'rstrip' ? text : text.replace(/^\/+/, '');
  return name === 'lstrip' ? begun : begun.replace(/\/+$/, '');
}

function replaced(
  texts: readonly string[],
  pattern: Code | undefined,
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
): string[] {
  const [what = HOLE] = from ?? [];
  const [instead = HOLE] = to ?? [];
  // A regular expression that takes something out nearly always takes slashes from an end.
  if (pattern?.is === 'other') return texts.map((text) => (instead === '' ? text.replace(/\/+$/, '') : text));
  return texts.map((text) => (what.includes(HOLE) || what === '' ? text : text.replace(what, () => instead)));
}

/** A reference resolved against a base (RFC 3986, section 5.2), as far as both are known. */
function resolved(bases: readonly string[], references: readonly string[]): string[] {
  return bases.flatMap((base) =>
    references.map((reference) => {
      if (/^[a-z][a-z\d+.-]*:/i.test(reference)) return reference;
      const [, origin = base, path = ''] = /^([a-z][a-z\d+.-]*:\/\/[^/]*)(.*)$/i.exec(base) ?? [];
      if (reference.startsWith('/')) return origin + reference;
      const folder = path === '' ? '/' : path.replace(/[^/]*$/, '');
      return (base === origin && !/:\/\//.test(origin) ? `${base}/` : origin + folder) + reference;
    }),
  );
}

/** Whether code holds a function, as what handles a request of others does. */
export function holdsFunction(code: Code): boolean {
  return code.is === 'function' || (code.is !== 'call' && within(code).some(holdsFunction));
}
