/**
 * The questions of a fleet report, as SQL over the index of the store. Where nothing else is said, $1 is the fleet, $2 the
 * night of the report, and $3 the first day that is looked at.
 */

/** Each night of the window, summed over its agencies. Part 0 of a night is the night as a whole. */
export const NIGHTS = `
select night::text, count(*)::int as asked, (count(*) filter (where state = 'recorded'))::int as recorded,
       (count(*) filter (where state = 'recorded' and colour = 'GREEN'))::int as green,
       (count(*) filter (where state = 'recorded' and colour = 'RED'))::int as red,
       (count(*) filter (where state = 'recorded' and colour = 'BROKEN'))::int as broken,
       (count(*) filter (where state = 'recorded' and colour = 'NO VERDICT'))::int as "noVerdict"
  from conform.agency_night
 where fleet = $1 and part = 0 and night between $3::date and $2::date
 group by night order by night`;

/** Each agency in the night of the report; why it was not recorded can be the reason of a part. */
export const AGENCIES = `
with before as (
  select agency, max(night)::text as night from conform.agency_night
   where fleet = $1 and part = 0 and state = 'recorded' and night between $3::date and $2::date - 1
   group by agency),
reason as (
  select agency, max(why) as why from conform.agency_night
   where fleet = $1 and night = $2::date and state <> 'recorded' group by agency)
select whole.agency, whole.state, whole.colour, reason.why, whole.attempts, before.night as "recordedBefore"
  from conform.agency_night as whole
  left join before on before.agency = whole.agency
  left join reason on reason.agency = whole.agency
 where whole.fleet = $1 and whole.night = $2::date and whole.part = 0
 order by whole.agency`;

/**
 * Each fault, summed over the agencies. A series of an agency is its recorded nights that show the fault; it goes on over a
 * night that was not recorded, and over one in which what the fault is about was not tested. $4 is the day since which
 * something is called new, $5 how many faults are listed.
 */
export const FAULTS = `
with recorded as materialized (
  select agency, night, runs, row_number() over (partition by agency order by night)::int as number
    from conform.agency_night
   where fleet = $1 and part = 0 and state = 'recorded' and night between $3::date and $2::date),
newest as (select agency, max(number) as number from recorded group by agency),
ran as materialized (
  select recorded.agency, recorded.night, recorded.number, one.run
    from recorded cross join lateral unnest(recorded.runs) as one(run)),
seen as materialized (
  select ran.agency, fault.key, ran.number, ran.night, max(ran.run) as run
    from ran join conform.cause as fault on fault.agency = ran.agency and fault.run = ran.run
   group by ran.agency, fault.key, ran.number, ran.night),
spaced as materialized (
  select seen.*, lag(seen.number) over series as before, lead(seen.number) over series as next
    from seen window series as (partition by seen.agency, seen.key order by seen.number)),
gap as (
  select spaced.agency, spaced.key, spaced.run, spaced.number as after, coalesce(spaced.next, newest.number + 1) as until
    from spaced join newest using (agency)
   where coalesce(spaced.next, newest.number + 1) > spaced.number + 1),
tested as (
  select gap.agency, gap.key, gap.after, ran.night
    from gap
    join ran on ran.agency = gap.agency and ran.number > gap.after and ran.number < gap.until
    join conform.run as run on run.agency = ran.agency and run.id = ran.run
    join conform.cause as fault on fault.agency = gap.agency and fault.run = gap.run and fault.key = gap.key
   group by gap.agency, gap.key, gap.after, ran.night
  having not bool_or(run.untested && (fault.operations || replace(fault.cause, 'contract-', '')))),
ended as materialized (select agency, key, after, min(night) as night from tested group by agency, key, after),
counted as (
  select spaced.agency, spaced.key, spaced.number, spaced.night, spaced.run,
         count(*) filter (where spaced.before is null or ended.after is not null)
           over (partition by spaced.agency, spaced.key order by spaced.number) as episode
    from spaced
    left join ended on ended.agency = spaced.agency and ended.key = spaced.key and ended.after = spaced.before),
ranked as (
  select counted.*, max(episode) over (partition by agency, key) as last_episode from counted),
series as (
  select agency, key, min(night) as since, min(number) as first, max(number) as last, max(night) as seen_at,
         max(run) as run
    from ranked where episode = last_episode group by agency, key),
state as materialized (
  select series.*, ended.night as over
    from series
    left join ended on ended.agency = series.agency and ended.key = series.key and ended.after = series.last),
summed as (
  select key,
         array_agg(agency order by agency) filter (where over is null) as agencies,
         count(*) filter (where over is null) as open,
         min(since) filter (where over is null) as earliest,
         percentile_disc(0.5) within group (order by since) filter (where over is null) as median,
         count(*) filter (where over is null and first = 1) as since_first,
         array_agg(agency order by agency) filter (where over is null and first > 1 and since >= $4::date) as new_at,
         min(since) filter (where over is null and first > 1 and since >= $4::date) as new_since,
         array_agg(agency order by agency) filter (where over >= $4::date) as over_at,
         min(over) filter (where over >= $4::date) as over_since,
         (array_agg(agency order by (over is null) desc, (first > 1) desc, seen_at desc, agency))[1] as sample_agency,
         (array_agg(run order by (over is null) desc, (first > 1) desc, seen_at desc, agency))[1] as sample_run,
         (array_agg(first order by (over is null) desc, (first > 1) desc, seen_at desc, agency))[1] as sample_first
    from state where over is null or over >= $4::date
   group by key),
listed as (
  select summed.*, count(*) over () as keys from summed order by open desc, key limit $5)
select listed.key, sample.cause, sample.side,
       (select array_agg(distinct operation order by operation)
          from state
          join conform.cause as fault on fault.agency = state.agency and fault.run = state.run and fault.key = state.key
         cross join lateral unnest(fault.operations) as operation
         where state.key = listed.key and (state.over is null or listed.open = 0)) as operations,
       coalesce(agencies, '{}') as agencies, earliest::text, median::text, since_first::int as "sinceFirst",
       coalesce(new_at, '{}') as "newAt", new_since::text as "newSince",
       coalesce(over_at, '{}') as "overAt", over_since::text as "overSince",
       case when open > 0 then json_build_object('agency', sample_agency, 'run', sample_run, 'before',
         (select max(run) from ran where agency = sample_agency and number < sample_first)) end as sample,
       keys::int as "ofAll"
  from listed
  join conform.cause as sample
    on sample.agency = listed.sample_agency and sample.run = listed.sample_run and sample.key = listed.key
 order by open desc, listed.key`;

/** The nights of the last days that an agency had jobs of, and that were not recorded. */
export const MISSED = `
select agency, array_agg(night::text order by night) as nights
  from conform.agency_night
 where fleet = $1 and part = 0 and state <> 'recorded' and night between $3::date and $2::date
 group by agency order by agency`;

export const JOBS = `
select (count(*) filter (where state = 'waiting'))::int as waiting,
       (count(*) filter (where state = 'running'))::int as running,
       (count(*) filter (where state = 'recorded'))::int as recorded,
       (count(*) filter (where state = 'failed'))::int as failed,
       (count(*) filter (where state = 'dead'))::int as dead
  from conform.agency_night where fleet = $1 and night = $2::date`;

/** Workers that started since the day $2, and those that have not stopped. One that was not seen for two minutes is lost. */
export const WORKERS = `
select case when stopped_at is not null then 'stopped'
            when seen_at < now() - interval '2 minutes' then 'lost' else 'alive' end as state,
       extract(epoch from now() - seen_at)::float8 as "seenSecondsAgo",
       coalesce(done, 0)::int as done, coalesce(failed, 0)::int as failed
  from conform.worker
 where fleet = $1 and (started_at >= $2::date or stopped_at is null) order by seen_at desc`;

/** The newest night of a fleet up to a day. */
export const NEWEST_NIGHT = `
select max(night)::text as night from conform.agency_night where fleet = $1 and ($2::date is null or night <= $2::date)`;

export const FLEETS = `select distinct fleet from conform.agency_night order by fleet`;

export const TIMES = `
select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now,
       to_char(max(finished_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "recordedAt"
  from conform.agency_night where fleet = $1 and part = 0 and night <= $2::date and state = 'recorded'`;
