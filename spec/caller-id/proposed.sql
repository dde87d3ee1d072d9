-- The caller-ID cache as proposed. One table answers the question "who has this number", in one index access,
-- at any size. May be run any number of times.

-- One row for each number of each person. A number is E.164 without the plus sign (at most 15 digits).
CREATE TABLE IF NOT EXISTS caller_numbers (
  number bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('staff', 'practitioner', 'patient', 'family')),
  person_id text NOT NULL,
  name text NOT NULL,
  status text,
  city text,
  active boolean NOT NULL,
  synced_at timestamptz NOT NULL,
  -- Who is greeted first when several people share a number: whoever is active, then staff, practitioners,
  -- patients, family. Part of the key, so that the index already holds the rows in this order.
  preference smallint NOT NULL GENERATED ALWAYS AS (
    CASE WHEN active THEN 0 ELSE 10 END
    + CASE kind WHEN 'staff' THEN 1 WHEN 'practitioner' THEN 2 WHEN 'patient' THEN 3 ELSE 4 END
  ) STORED,
  PRIMARY KEY (number, preference, person_id)
);

CREATE INDEX IF NOT EXISTS caller_numbers_person ON caller_numbers (kind, person_id);

-- What each sync did.
CREATE TABLE IF NOT EXISTS caller_syncs (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'refused', 'failed')),
  people jsonb, -- how many of each kind
  added integer,
  changed integer,
  removed integer,
  requests integer,
  retries integer,
  resumed integer NOT NULL DEFAULT 0,
  message text
);

-- What a running sync has fetched so far, a part at a time; empty when none is running.
CREATE TABLE IF NOT EXISTS caller_staging (
  sync_id bigint NOT NULL REFERENCES caller_syncs (id) ON DELETE CASCADE,
  part text NOT NULL,
  people jsonb NOT NULL,
  PRIMARY KEY (sync_id, part)
);

-- A number as the cache keeps it, or NULL for anything that is not plainly one North American number with an
-- optional extension. Programs normalise by a library before they ask (src/caller-id/phone.ts); this knows
-- strictly less, and never says otherwise. It serves the migration and SQL that calls identify_caller.
CREATE OR REPLACE FUNCTION caller_number(phone text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ('1' || right(regexp_replace(substring(phone FROM '^[^xX]*'), '[^0-9]', '', 'g'), 10))::bigint
  WHERE phone ~ '^\s*(\+?1[-. ]?)?(\([2-9][0-9]{2}\)|[2-9][0-9]{2})[-. ]?[0-9]{3}[-. ]?[0-9]{4}(\s*[xX][0-9]{1,6})?\s*$'
$$;
