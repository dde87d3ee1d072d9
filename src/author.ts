import { userInfo } from 'node:os';

/** Name of the account that runs this process, for what is recorded with whoever did it. */
export function author(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown'; // a container without an entry for its user
  }
}
