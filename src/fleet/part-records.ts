/** Where the runs of the parts of one night are kept until they are joined: a folder of the records of the agency. */
export function partsOf(night: string): string {
  return `parts/${night}`;
}

/** The record that holds the run of one part. */
export function partName(night: string, part: number): string {
  return `${partsOf(night)}/${part}.json`;
}
