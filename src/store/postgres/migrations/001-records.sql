-- What commands keep for each agency. The text of a record is the truth; “run”, “cause” and “night” are an index of it,
-- derived when it is written, and can be derived again at any time.
-- Names are compared by their bytes, so that they have the same order on every server.

create table conform.agency (
  name text collate "C" primary key,
  added_at timestamptz not null default now()
);

-- One row for each file that a folder of reports would hold: runs/…, latest/…, tickets/…, nights/…, gate/…, expected/….
create table conform.record (
  agency text collate "C" not null references conform.agency on delete cascade,
  name text collate "C" not null,
  text text not null,
  written_at timestamptz not null default now(),
  primary key (agency, name)
);

-- A name that somebody is about to write. It lapses by itself, for whoever has it can die.
create table conform.claim (
  agency text collate "C" not null references conform.agency on delete cascade,
  name text collate "C" not null,
  holder uuid not null,
  until timestamptz not null,
  primary key (agency, name)
);

-- One row for each record runs/<id>.json.
create table conform.run (
  agency text collate "C" not null,
  id text collate "C" not null,
  record text collate "C" not null,
  target text not null,
  started_at timestamptz,
  finished_at timestamptz,
  complete boolean not null,
  proved boolean not null,
  operations integer not null,
  -- How many operations have each outcome.
  totals jsonb not null,
  primary key (agency, id),
  foreign key (agency, record) references conform.record on delete cascade
);
create index run_by_record on conform.run (agency, record);
create index run_by_start on conform.run (started_at);

-- What a run shows that somebody has to act on: one row for each cause of the vendor, as tickets have it; and one for each
-- operation that is for us to correct.
create table conform.cause (
  agency text collate "C" not null,
  run text collate "C" not null,
  key text not null,
  side text not null check (side in ('vendor', 'us')),
  -- The cause; of what is for us, why it is.
  cause text not null,
  operations text[] not null,
  primary key (agency, run, key),
  foreign key (agency, run) references conform.run on delete cascade
);
create index cause_by_key on conform.cause (key);

-- One row for each record nights/<id>.json.
create table conform.night (
  agency text collate "C" not null,
  id text collate "C" not null,
  record text collate "C" not null,
  started_at timestamptz,
  state text not null,
  colour text,
  exit_code integer,
  primary key (agency, id),
  foreign key (agency, record) references conform.record on delete cascade
);
create index night_by_record on conform.night (agency, record);
