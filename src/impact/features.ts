import type { Consumer } from './consumer.js';

/** One thing that an application does with the API, and the operations that it needs for it. */
export interface Feature {
  /** Name of the application: that of its file. */
  consumer: string;
  name: string;
  /** Operation ids such as `GET /things/{id}/`, or operationIds of the contract. */
  operations: string[];
  /** The same operations, with what is lost without each. */
  needs: FeatureNeed[];
  /** Whether it holds back a deploy when it is lost. */
  critical: boolean;
}

export interface FeatureNeed {
  operation: string;
  /** What becomes of the feature without it. */
  loss: 'stops' | 'degrades' | 'workaround';
  /** The operation of the workaround, where there is one. */
  instead?: string;
  /** A defect that the vendor is known to have there, which only doing it for real can show to be over. */
  defect?: { since: string; ticket: string };
}

/** The features of consumers, as reports and tickets speak of them. */
export function featuresIn(consumers: readonly Consumer[]): Feature[] {
  return consumers.flatMap(({ id, features }) =>
    features.map(({ name, operations = [], critical = false }) => ({
      consumer: id,
      name,
      operations: operations.map(({ operation }) => operation),
      needs: operations.map(({ operation, loss, instead, defect }) => ({
        operation,
        loss,
        ...(instead === undefined ? {} : { instead }),
        ...(defect === undefined ? {} : { defect: { since: defect.since, ticket: defect.ticket } }),
      })),
      critical,
    })),
  );
}

/** The features that need an operation, if only as their workaround for another. */
export function featuresOf(
  operation: { id: string; operationId: string },
  features: readonly Feature[],
): Feature[] {
  return features.filter(({ needs }) =>
    needs.some((need) => isNamed(operation, need.operation) || isNamed(operation, need.instead)),
  );
}

/** Whether this is the operation that a name, by id or by operationId, stands for. */
export function isNamed(operation: { id: string; operationId: string }, name: string | undefined): boolean {
  return operation.id === name || operation.operationId === name;
}
