import type { JsonObject } from '../../json.js';

/** A record of the vendor. */
export interface Stored {
  body: JsonObject;
  /** Whether it was there before the program began, or came by one of its requests. */
  origin: 'before' | 'run';
  /** The operation by which it came. */
  by: string;
}

/** One change of one record. */
export interface Touch {
  /** `items/11/parts/11` */
  path: string;
  how: 'created' | 'changed' | 'removed';
  origin: Stored['origin'];
}

/** The records of a vendor by their paths, each change of which is reported. */
export class Store {
  readonly #records = new Map<string, Stored>();
  readonly #made = new Set<string>();
  #touched: Touch[] = [];

  /** Adds a record that was there before. */
  seed(path: string, body: JsonObject): void {
    this.#records.set(path, { body, origin: 'before', by: '' });
  }

  get(path: string): Stored | undefined {
    return this.#records.get(path);
  }

  has(path: string): boolean {
    return this.#records.has(path);
  }

  /** Whether a request of the program has made this record, also when it is gone again. */
  wasMade(path: string): boolean {
    return this.#made.has(path);
  }

  /** The ids directly below a path, in the order in which they came. */
  below(path: string): string[] {
    const start = `${path}/`;
    return [...this.#records.keys()]
      .filter((key) => key.startsWith(start) && !key.slice(start.length).includes('/'))
      .map((key) => key.slice(start.length));
  }

  create(path: string, body: JsonObject, by: string): void {
    this.#records.set(path, { body, origin: 'run', by });
    this.#made.add(path);
    this.#touched.push({ path, how: 'created', origin: 'run' });
  }

  /** Replaces some members of a record. */
  change(path: string, members: JsonObject): void {
    const record = this.#records.get(path);
    if (record === undefined) return;
    this.#records.set(path, { ...record, body: { ...record.body, ...members } });
    this.#touched.push({ path, how: 'changed', origin: record.origin });
  }

  /** Removes a record and all below it; the empty path is all there is. */
  remove(path: string): void {
    for (const [key, { origin }] of [...this.#records]) {
      if (path !== '' && key !== path && !key.startsWith(`${path}/`)) continue;
      this.#records.delete(key);
      this.#touched.push({ path: key, how: 'removed', origin });
    }
  }

  /** Notes that the host itself was meddled with. */
  meddle(what: string): void {
    this.#touched.push({ path: what, how: 'changed', origin: 'before' });
  }

  /** What was touched since this was asked last. */
  takeTouched(): Touch[] {
    const touched = this.#touched;
    this.#touched = [];
    return touched;
  }

  /** What the program has made and is still there. */
  left(): { path: string; by: string }[] {
    return [...this.#records].flatMap(([path, { origin, by }]) => (origin === 'run' ? [{ path, by }] : []));
  }
}
