-- The lookup of generation 3 (2026-02-04): four tables, staff first. Its text was never seen: this is
-- generation 2 carried on in the order that was stated, under a name of its own so that both can be in one
-- schema. For staff, the status carries the role.
-- Standing: assumed.

CREATE FUNCTION identify_caller_g3(phone_number varchar)
RETURNS TABLE (caller_type varchar, caller_id varchar, caller_name varchar, caller_status varchar, caller_city varchar)
LANGUAGE plpgsql AS $$
DECLARE
  wanted varchar := regexp_replace(phone_number, '[^0-9]', '', 'g');
BEGIN
  IF length(wanted) > 10 THEN
    wanted := right(wanted, 10);
  END IF;

  RETURN QUERY
    SELECT 'staff'::varchar, s.id, s.full_name, s.role, NULL::varchar
    FROM cached_staff s
    WHERE regexp_replace(s.phone, '[^0-9]', '', 'g') LIKE '%' || wanted
    LIMIT 1;
  IF FOUND THEN
    RETURN;
  END IF;

  RETURN QUERY
    SELECT 'practitioner'::varchar, p.id, p.full_name, p.status, p.city
    FROM cached_practitioners p
    WHERE regexp_replace(p.phone, '[^0-9]', '', 'g') LIKE '%' || wanted
       OR regexp_replace(p.home_phone, '[^0-9]', '', 'g') LIKE '%' || wanted
       OR regexp_replace(p.work_phone, '[^0-9]', '', 'g') LIKE '%' || wanted
    LIMIT 1;
  IF FOUND THEN
    RETURN;
  END IF;

  RETURN QUERY
    SELECT 'patient'::varchar, p.id, p.full_name, p.status, p.city
    FROM cached_patients p
    WHERE regexp_replace(p.phone, '[^0-9]', '', 'g') LIKE '%' || wanted
       OR regexp_replace(p.home_phone, '[^0-9]', '', 'g') LIKE '%' || wanted
       OR regexp_replace(p.work_phone, '[^0-9]', '', 'g') LIKE '%' || wanted
    LIMIT 1;
  IF FOUND THEN
    RETURN;
  END IF;

  RETURN QUERY
    SELECT 'family'::varchar, r.id, r.full_name, r.relationship, r.city
    FROM cached_related_persons r
    WHERE regexp_replace(r.phone, '[^0-9]', '', 'g') LIKE '%' || wanted
       OR regexp_replace(r.home_phone, '[^0-9]', '', 'g') LIKE '%' || wanted
       OR regexp_replace(r.work_phone, '[^0-9]', '', 'g') LIKE '%' || wanted
    LIMIT 1;
END
$$;
