-- Turns of hosts. What a busy machine misses is given out again, and still no second holds more than the rate.

alter table conform.host_rate
  -- When the newest turns begin that were not missed, in milliseconds, in order: as many as the rate has in a second.
  add column turns double precision[] not null default '{}',
  -- No turn begins before the host wants to be asked again.
  add column rests_until timestamptz,
  -- How many turns were missed and are not given out again.
  add column owed integer not null default 0;

-- Gives out turns of a host: at even distances, or at half of one where turns were missed; but of those that were not missed, any
-- `most` and one more are `most` distances apart. None begins before the lead is over, which the answer takes; and nobody is given
-- one that is farther away than the horizon: then `first` is when it would be. All in milliseconds by the clock of this server.
create function conform.take_turns(
  of_host text, wanted integer, distance double precision, most integer, lead double precision, horizon double precision,
  missed double precision[],
  out begins double precision[], out first double precision, out asked_at double precision
) language plpgsql as $$
declare
  held conform.host_rate%rowtype;
  kept double precision[];
  owing integer;
  even double precision;
  rest double precision;
  turn double precision;
begin
  insert into conform.host_rate (host, per_second, next_at, taken)
  values (of_host, 1000 / distance, clock_timestamp(), 0) on conflict do nothing;
  select * into held from conform.host_rate where host = of_host for update;
  asked_at := extract(epoch from clock_timestamp()) * 1000;
  kept := array(select one from unnest(held.turns) as one where not one = any(missed) order by one);
  owing := least(most, held.owed + cardinality(held.turns) - cardinality(kept));
  even := extract(epoch from held.next_at) * 1000;
  rest := extract(epoch from held.rests_until) * 1000;
  begins := '{}';
  loop
    turn := greatest(asked_at + lead, rest, case when owing > 0 then even - distance / 2 else even end);
    if cardinality(kept) >= most then
      turn := greatest(turn, kept[cardinality(kept) - most + 1] + most * distance);
    end if;
    first := coalesce(first, turn);
    exit when cardinality(begins) >= wanted or turn > asked_at + horizon;
    begins := begins || turn;
    kept := kept || turn;
    owing := greatest(0, owing - 1);
    even := turn + distance;
  end loop;
  update conform.host_rate set
    per_second = 1000 / distance,
    next_at = case when cardinality(begins) > 0 then to_timestamp(even / 1000) else next_at end,
    taken = taken + cardinality(begins),
    turns = kept[greatest(1, cardinality(kept) - most + 1):],
    owed = owing
  where host = of_host;
end $$;
