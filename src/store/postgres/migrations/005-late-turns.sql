-- A turn may be used a while after it begins. It counts as used as late as it may be, until the worker says when it was used.

alter table conform.host_rate
  -- For each of `turns`, which are those that count in the second before the next one: when it was used, or may be at the latest.
  add column latest double precision[] not null default '{}',
  drop column owed;
update conform.host_rate set latest = turns;

drop function conform.take_turns(
  text, integer, double precision, integer, double precision, double precision, double precision[]
);

-- Gives out turns of a host. In any span of `most` distances at most `most` are used, however late each one is. They are at even
-- distances, or at half of one where turns of the last span were missed, or nobody was given them. None begins before the lead is
-- over, which the answer takes; and nobody is given one that is farther away than the horizon: then `first` is when it would be.
-- `used_at` says of each of the turns in `used` when that was; null where it was missed. All in milliseconds by the clock of this
-- server.
create function conform.take_turns(
  of_host text, wanted integer, distance double precision, most integer, lead double precision, horizon double precision,
  lateness double precision, used double precision[], used_at double precision[],
  out begins double precision[], out first double precision, out asked_at double precision
) language plpgsql as $$
declare
  held conform.host_rate%rowtype;
  span constant double precision := most * distance;
  kept double precision[];
  uses double precision[];
  missed integer;
  even double precision;
  rest double precision;
  newest double precision;
  turn double precision;
begin
  insert into conform.host_rate (host, per_second, next_at, taken)
  values (of_host, 1000 / distance, clock_timestamp(), 0) on conflict do nothing;
  select * into held from conform.host_rate where host = of_host for update;
  asked_at := extract(epoch from clock_timestamp()) * 1000;
  with report as (
    select * from unnest(used, used_at) as one (turn, at)
  ), known as (
    select one.turn, coalesce(report.at, one.latest) as latest, report.turn is not null and report.at is null as is_missed
    from unnest(held.turns, held.latest) as one (turn, latest) left join report on report.turn = one.turn
  )
  select
    coalesce(array_agg(one.turn order by one.latest) filter (where not is_missed), '{}'),
    coalesce(array_agg(one.latest order by one.latest) filter (where not is_missed), '{}'),
    max(one.turn) filter (where not is_missed), count(*) filter (where is_missed)
  into kept, uses, newest, missed
  from known as one where one.latest > asked_at - span;
  rest := extract(epoch from held.rests_until) * 1000;
  even := greatest(rest, extract(epoch from held.next_at) * 1000 - missed * distance);
  begins := '{}';
  loop
    turn := greatest(
      asked_at + lead, even, newest + distance / 2, uses[cardinality(uses) - most + 1] + span
    );
    first := coalesce(first, turn);
    exit when cardinality(begins) >= wanted or turn > asked_at + horizon;
    begins := begins || turn;
    kept := kept || turn;
    uses := uses || greatest(uses[cardinality(uses)], turn + lateness);
    newest := turn;
    -- Where nobody has asked for as long as that, nothing is made up for.
    even := case when turn - even < span then even else turn end + distance;
  end loop;
  update conform.host_rate set
    per_second = 1000 / distance,
    next_at = to_timestamp(even / 1000),
    taken = taken + cardinality(begins),
    turns = kept,
    latest = uses
  where host = of_host;
end $$;
