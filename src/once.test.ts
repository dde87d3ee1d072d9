import { expect, test } from 'vitest';
import { kept, once, onceFor, sharing } from './once.js';

/** Work that gives another object each time, and counts how often it is done. */
function counted() {
  let times = 0;
  return { work: () => ({ number: (times += 1) }), times: () => times };
}

test('work is done when its result is first wanted, and not again', () => {
  const { work, times } = counted();
  const get = once(work);
  expect(times()).toBe(0);
  expect(get()).toBe(get());
  expect(times()).toBe(1);
});

test('what was released is made again when it is next wanted', () => {
  const { get, release } = kept(counted().work);
  expect([get(), get()]).toEqual([{ number: 1 }, { number: 1 }]);
  release();
  expect(get()).toEqual({ number: 2 });
});

test('for each object work is done once, also where it gives nothing', () => {
  const [one, other] = [{}, {}];
  const { work, times } = counted();
  const of = onceFor(work);
  expect(of(one)).toBe(of(one));
  expect(of(other)).not.toBe(of(one));
  expect(times()).toBe(2);
  let nothings = 0;
  const nothing = onceFor((): string | undefined => {
    nothings += 1;
    return undefined;
  });
  expect([nothing(one), nothing(one)]).toEqual([undefined, undefined]);
  expect(nothings).toBe(1);
});

test('of values that are the same as JSON the first is given, and any other as it is', () => {
  const share = sharing<{ id: string; why?: string }>();
  const first = share({ id: 'a' });
  expect(share({ id: 'a' })).toBe(first);
  const other = { id: 'a', why: 'b' };
  expect(share(other)).toBe(other);
});
