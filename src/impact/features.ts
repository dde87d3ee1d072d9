import type { Capability } from '../record/run.js';
import type { BenchTarget, Consumer, Need } from './consumer.js';
import type { Shown } from './state.js';

/** One thing that an application does with the API, and what it needs for it. */
export interface Feature {
  /** The application: by the name of its file, and as people call it. */
  consumer: string;
  application: string;
  name: string;
  /** The operations that it needs, by method and path template, with what is lost without each. */
  needs: readonly Need[];
  /** What is shown of the bench that it needs; absent where it needs none. */
  bench?: Shown;
  /** Whether it holds back a deploy when it is lost. */
  critical: boolean;
}

/**
 * The features of consumers, in the order of their files. Every output speaks of these.
 * @param benchOf what is shown of a bench that a consumer needs
 */
export function featuresIn(
  consumers: readonly Consumer[],
  benchOf: (target: BenchTarget, consumer: Consumer) => Shown = () => 'not proven',
): Feature[] {
  return consumers.flatMap((consumer) =>
    consumer.features.map(({ name, operations = [], bench, critical = false }) => ({
      consumer: consumer.id,
      application: consumer.name,
      name,
      needs: operations,
      ...(bench ? { bench: benchOf(bench, consumer) } : {}),
      critical,
    })),
  );
}

/** The features that need an operation, if only as their workaround for another. */
export function featuresOf({ id }: Pick<Capability, 'id'>, features: readonly Feature[]): Feature[] {
  return features.filter(({ needs }) =>
    needs.some(({ operation, instead }) => operation === id || instead === id),
  );
}
