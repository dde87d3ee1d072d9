import type { Contract } from '../../contract/contract.js';
import { type Store, createStore } from '../../replica/records.js';
import { written } from '../../replica/listen.js';
import { inhabit } from '../../replica/replica.js';
import type { Sender } from '../../session/send.js';
import { requestText, type HttpRequest, type Reply } from '../../targets/reply.js';
import type { Disturbance, Effects, Surroundings } from './disturbance.js';

/** A host that a check asks in this process, without sockets. */
export interface DisturbedHost {
  sender: Sender;
  store: Store;
  requests: () => number;
  /** The requests that a disturbance has made fail. */
  lost: () => readonly HttpRequest[];
}

/** A world with disturbances. Without any, it answers as the replica does. */
export function disturbedHost(
  surroundings: Surroundings & { contract: Contract },
  disturbances: readonly Disturbance[],
): DisturbedHost {
  const { contract, clock, random } = surroundings;
  let { world } = surroundings;
  const effects: Effects[] = [];
  for (const disturbance of disturbances) {
    const effect = disturbance.begin({ world, clock, random });
    world = effect.world ?? world;
    effects.push(effect);
  }
  const hostClock = effects.findLast((one) => one.hostClock)?.hostClock ?? clock;
  const { answer, store } = inhabit({
    ...{ world, contract, clock: hostClock, chance: random.chance },
    keep: (served) => effects.reduce((kept, one) => one.keep?.(kept) ?? kept, createStore(served)),
  });
  let requests = 0;
  const ask = ({ method, url, headers, body }: HttpRequest): Reply => {
    const text = requestText({ body }) ?? '';
    const names = Object.entries({ 'user-agent': 'conform', ...headers });
    const {
      status,
      headers: sent,
      text: shown,
    } = written(
      answer({
        ...{ method, body: text, url: new URL(url) },
        headers: Object.fromEntries(names.map(([name, value]) => [name.toLowerCase(), value])),
      }),
    );
    const isEmpty = method === 'HEAD' || status === 204;
    return {
      kind: 'answer',
      at: clock.now(),
      durationMs: 20 + Math.floor(random.next() * 20),
      status,
      headers: [
        ...Object.entries(sent).map(([name, value]): [string, string] => [name.toLowerCase(), value]),
        ['date', hostClock.now().toUTCString()],
      ],
      body: Buffer.from(isEmpty ? '' : shown),
      incomplete: undefined,
    };
  };
  const passed = effects.reduce<(request: HttpRequest) => Reply>(
    (inner, { pass }) => (pass ? (request) => pass(request, () => inner(request)) : inner),
    ask,
  );
  return {
    store,
    requests: () => requests,
    lost: () => effects.flatMap((effect) => effect.lost?.() ?? []),
    sender: {
      send: (request) => {
        requests += 1;
        for (const { before } of effects) before?.(store);
        return Promise.resolve(passed(request));
      },
      close: () => Promise.resolve(),
    },
  };
}
