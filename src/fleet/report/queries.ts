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
 * Each fault at each operation, summed over the agencies; operations of which all of that is the same are in one row. A series
 * of an agency is its recorded nights that show the fault there; it goes on over a night that was not recorded, and over one in
 * which the operation, or the check that finds the fault, was not tested. $4 is the day since which something is called new,
 * $5 how many rows are listed.
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
  select ran.agency, fault.key, operation, ran.number, ran.night, max(ran.run) as run, max(fault.cause) as cause
    from ran join conform.cause as fault on fault.agency = ran.agency and fault.run = ran.run
   cross join lateral unnest(fault.operations) as operation
   group by ran.agency, fault.key, operation, ran.number, ran.night),
spaced as materialized (
  select seen.*, lag(seen.number) over series as before, lead(seen.number) over series as next
    from seen window series as (partition by seen.agency, seen.key, seen.operation order by seen.number)),
gap as (
  select spaced.agency, spaced.key, spaced.operation, spaced.number as after,
         array[spaced.operation, replace(spaced.cause, 'contract-', '')] as needed,
         coalesce(spaced.next, newest.number + 1) as until
    from spaced join newest using (agency)
   where coalesce(spaced.next, newest.number + 1) > spaced.number + 1),
tested as (
  select gap.agency, gap.key, gap.operation, gap.after, ran.night
    from gap
    join ran on ran.agency = gap.agency and ran.number > gap.after and ran.number < gap.until
    join conform.run as run on run.agency = ran.agency and run.id = ran.run
   group by gap.agency, gap.key, gap.operation, gap.after, ran.night
  having not bool_or(run.untested && gap.needed)),
ended as materialized (
  select agency, key, operation, after, min(night) as night from tested group by agency, key, operation, after),
counted as (
  select spaced.*, count(*) filter (where spaced.before is null or ended.after is not null)
           over (partition by spaced.agency, spaced.key, spaced.operation order by spaced.number) as episode
    from spaced
    left join ended on ended.agency = spaced.agency and ended.key = spaced.key
     and ended.operation = spaced.operation and ended.after = spaced.before),
ranked as (
  select counted.*, max(episode) over (partition by agency, key, operation) as last_episode from counted),
series as (
  select agency, key, operation, min(night) as since, min(number) as first, max(number) as last, max(night) as seen_at,
         max(run) as run
    from ranked where episode = last_episode group by agency, key, operation),
state as (
  select series.*, ended.night as over
    from series
    left join ended on ended.agency = series.agency and ended.key = series.key
     and ended.operation = series.operation and ended.after = series.last),
summed as (
  select key, operation,
         array_agg(agency order by agency) filter (where over is null) as agencies,
         min(since) filter (where over is null) as earliest,
         percentile_disc(0.5) within group (order by since) filter (where over is null) as median,
         count(*) filter (where over is null and first = 1) as since_first,
         array_agg(agency order by agency) filter (where over is null and first > 1 and since >= $4::date) as new_at,
         min(since) filter (where over is null and first > 1 and since >= $4::date) as new_since,
         array_agg(agency order by agency) filter (where over >= $4::date) as over_at,
         min(over) filter (where over >= $4::date) as over_since,
         min(array[case when over is null then '0' else '1' end, case when first > 1 then '0' else '1' end, agency, run,
                   first::text]) as sample
    from state where over is null or over >= $4::date
   group by key, operation),
joined as (
  select key, array_agg(operation order by operation) as operations, agencies, earliest, median, since_first,
         new_at, new_since, over_at, over_since, min(sample) as sample
    from summed
   group by key, agencies, earliest, median, since_first, new_at, new_since, over_at, over_since),
listed as (
  select joined.*, count(*) over () as of_all, coalesce(cardinality(agencies), 0) as open
    from joined order by open desc, key, operations limit $5)
select listed.key, shown.cause, shown.side, listed.operations,
       coalesce(agencies, '{}') as agencies, earliest::text, median::text, since_first::int as "sinceFirst",
       coalesce(new_at, '{}') as "newAt", new_since::text as "newSince",
       coalesce(over_at, '{}') as "overAt", over_since::text as "overSince",
       case when open > 0 then json_build_object('agency', sample[3], 'run', sample[4], 'before',
         (select max(run) from ran where agency = sample[3] and number < sample[5]::int)) end as sample,
       of_all::int as "ofAll"
  from listed
  join conform.cause as shown on shown.agency = sample[3] and shown.run = sample[4] and shown.key = listed.key
 order by open desc, listed.key, listed.operations`;

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
