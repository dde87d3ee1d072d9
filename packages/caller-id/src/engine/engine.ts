import type { ClientConfig } from 'pg';
import type { EngineAbout } from 'wellsky-conform/kit';

/** A PostgreSQL server that lookups are measured on. */
export interface Engine {
  /** How to connect; everything unqualified is looked up in the schema of our own, where there is one. */
  connection: ClientConfig;
  /** For people and reports; without host, user or password. */
  about: EngineAbout;
  /** Removes whatever was made for us. Never throws; may be called again. */
  close: () => Promise<void>;
}
