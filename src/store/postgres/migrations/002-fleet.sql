-- What happened in the nights of fleets. The jobs are carried by pg-boss, in a schema of its own; whether a night is recorded
-- is decided here, and by the clock of this server.

create table conform.worker (
  id uuid primary key,
  fleet text collate "C" not null,
  -- A digest: the name of a machine is nobody's business.
  machine text not null,
  pid integer not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  stopped_at timestamptz,
  done integer not null default 0,
  failed integer not null default 0
);

-- One row for the night of an agency (part 0), and one for each part in which its contract is asked before that.
create table conform.agency_night (
  fleet text collate "C" not null,
  agency text collate "C" not null references conform.agency on delete cascade,
  night date not null,
  part integer not null,
  parts integer not null,
  state text not null check (state in ('waiting', 'running', 'recorded', 'failed', 'dead')),
  deadline timestamptz not null,
  -- Who holds it, and until when. Only the holder of the lease writes; it stays as the mark of who has recorded the night.
  lease uuid,
  leased_by uuid,
  leased_until timestamptz,
  attempts integer not null default 0,
  colour text,
  exit_code integer,
  runs text[] not null default '{}',
  -- The code of what went wrong: never a message, which could hold a value.
  why text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (fleet, agency, night, part)
);
create index agency_night_by_state on conform.agency_night (fleet, state, leased_until);
create index agency_night_by_night on conform.agency_night (fleet, night);

-- When the next request to a host may be sent, whoever sends it.
create table conform.host_rate (
  host text collate "C" primary key,
  per_second double precision not null,
  next_at timestamptz not null,
  taken bigint not null
);
