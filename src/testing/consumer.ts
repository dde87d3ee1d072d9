import type { Consumer } from '../impact/consumer.js';

/** A consumer whose features stop without the operations that they need. */
export function consumerOf(id: string, features: Readonly<Record<string, readonly string[]>>): Consumer {
  return {
    id,
    name: id,
    policy: {
      targets: ['production'],
      writes: 'route',
      maxAge: { read: '1d', route: '1d', validate: '1d', full: '1d', bench: '1d' },
      stale: 'blocks',
      skipped: 'blocks',
      deviates: 'warns',
    },
    readiness: { ready: 100, mostly: 50 },
    features: Object.entries(features).map(([name, operations]) => ({
      name,
      operations: operations.map((operation) => ({ operation, loss: 'stops' })),
    })),
    named: [],
  };
}

/** The file of a consumer in a spec folder. */
export function fileOf(consumer: Consumer): string {
  return JSON.stringify({ ...consumer, id: undefined, named: undefined });
}
