-- From the cache as found to the cache as proposed, in place. Run proposed.sql first.
--
-- No row of the old tables is touched. No step takes a lock that a reader would wait for: creating a trigger
-- waits for writers only (SHARE ROW EXCLUSIVE), the new table is filled beside the old ones, and the function is
-- replaced in one moment. Each step commits for itself and may be repeated. With psql, run this file with
-- -v ON_ERROR_STOP=1 and without --single-transaction.

-- 1. From now on whatever the old sync writes is followed, row by row.

SET lock_timeout = '2s'; -- rather fail and be repeated than stand in the way of the old sync

CREATE OR REPLACE FUNCTION caller_follow() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  row_now jsonb;
  kind_now text := TG_ARGV[0];
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM caller_numbers WHERE kind = kind_now AND person_id = OLD.id::text;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  row_now := to_jsonb(NEW);
  INSERT INTO caller_numbers (number, kind, person_id, name, status, city, active, synced_at)
  SELECT DISTINCT caller_number(line.phone), kind_now, NEW.id::text,
         coalesce(row_now ->> 'full_name', row_now ->> 'first_name', ''),
         coalesce(row_now ->> 'role', row_now ->> 'relationship', row_now ->> 'status'),
         row_now ->> 'city',
         coalesce((row_now ->> 'is_active')::boolean, kind_now IN ('staff', 'family')),
         now()
  FROM (VALUES (row_now ->> 'phone'), (row_now ->> 'home_phone'), (row_now ->> 'work_phone')) AS line (phone)
  WHERE caller_number(line.phone) IS NOT NULL
  ON CONFLICT (number, preference, person_id) DO NOTHING;
  RETURN NEW;
END
$$;

DO $$
DECLARE
  source record;
BEGIN
  FOR source IN
    SELECT * FROM (VALUES ('cached_staff', 'staff'), ('cached_practitioners', 'practitioner'),
                          ('cached_patients', 'patient'), ('cached_related_persons', 'family')) AS t (name, kind)
    WHERE to_regclass(t.name) IS NOT NULL
  LOOP
    EXECUTE format(
      'CREATE OR REPLACE TRIGGER caller_follow AFTER INSERT OR UPDATE OR DELETE ON %I '
      'FOR EACH ROW EXECUTE FUNCTION caller_follow(%L)', source.name, source.kind);
  END LOOP;
END
$$;

RESET lock_timeout;

-- 2. What is there already. A row that is changed meanwhile is locked for a moment, so that the trigger and
--    this step cannot both write it; readers do not wait for such locks.

DO $$
DECLARE
  source record;
BEGIN
  FOR source IN
    SELECT * FROM (VALUES ('cached_staff', 'staff'), ('cached_practitioners', 'practitioner'),
                          ('cached_patients', 'patient'), ('cached_related_persons', 'family')) AS t (name, kind)
    WHERE to_regclass(t.name) IS NOT NULL
  LOOP
    EXECUTE format($step$
      WITH held AS (SELECT * FROM %I FOR SHARE),
      people AS (SELECT h.id::text AS id, to_jsonb(h) - 'wellsky_data' AS r FROM held h)
      INSERT INTO caller_numbers (number, kind, person_id, name, status, city, active, synced_at)
      SELECT DISTINCT ON (line.number, p.id) line.number, %L, p.id,
             coalesce(p.r ->> 'full_name', p.r ->> 'first_name', ''),
             coalesce(p.r ->> 'role', p.r ->> 'relationship', p.r ->> 'status'),
             p.r ->> 'city',
             coalesce((p.r ->> 'is_active')::boolean, %L IN ('staff', 'family')),
             coalesce((p.r ->> 'synced_at')::timestamp::timestamptz, now())
      FROM people p,
           LATERAL (SELECT caller_number(phone) AS number
                    FROM (VALUES (p.r ->> 'phone'), (p.r ->> 'home_phone'), (p.r ->> 'work_phone')) AS v (phone)) AS line
      WHERE line.number IS NOT NULL
      ON CONFLICT (number, preference, person_id) DO NOTHING
    $step$, source.name, source.kind, source.kind);
  END LOOP;
END
$$;

ANALYZE caller_numbers;

-- 3. Who asks by SQL asks the new table, without a change on their side: same name, same columns.

CREATE OR REPLACE FUNCTION identify_caller(phone_number varchar)
RETURNS TABLE (caller_type varchar, caller_id varchar, caller_name varchar, caller_status varchar, caller_city varchar)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY
    SELECT n.kind::varchar, n.person_id::varchar, n.name::varchar, n.status::varchar, n.city::varchar
    FROM caller_numbers n
    WHERE n.number = caller_number(phone_number)
    ORDER BY n.preference, n.person_id
    LIMIT 1;
END
$$;
