import type { Capability } from '../run/run.js';
import type { BenchTarget, Consumer, Need } from './consumer.js';

/** One thing that an application does with the API, and what it needs for it. */
export interface Feature {
  /** The application: by the name of its file, and as people call it. */
  consumer: string;
  application: string;
  name: string;
  /** The operations that it needs, by method and path template, with what is lost without each. */
  needs: readonly Need[];
  /** What a bench has to have held. */
  bench?: BenchTarget;
  /** Whether it holds back a deploy when it is lost. */
  critical: boolean;
}

/** The features of consumers, in the order of their files. Every output speaks of these. */
export function featuresIn(consumers: readonly Consumer[]): Feature[] {
  return consumers.flatMap(({ id, name: application, features }) =>
    features.map(({ name, operations = [], bench, critical = false }) => ({
      consumer: id,
      application,
      name,
      needs: operations,
      ...(bench ? { bench } : {}),
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
