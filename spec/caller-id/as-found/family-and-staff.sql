-- The two tables that generation 3 added (2026-02-04).
-- Standing: assumed. Their definition was never seen; columns are those that the sync writes and the lookups
-- read, types are inferred from the values.

CREATE TABLE cached_related_persons (
  id varchar(50) PRIMARY KEY,
  patient_id varchar(50),
  first_name varchar(100),
  last_name varchar(100),
  full_name varchar(200),
  relationship varchar(50),
  phone varchar(20),
  home_phone varchar(20),
  work_phone varchar(20),
  email varchar(200),
  city varchar(100),
  state varchar(10),
  is_emergency_contact boolean DEFAULT false,
  is_primary_contact boolean DEFAULT false,
  is_payer boolean DEFAULT false,
  is_poa boolean DEFAULT false,
  is_active boolean DEFAULT true,
  wellsky_data jsonb,
  synced_at timestamp DEFAULT current_timestamp,
  updated_at timestamp DEFAULT current_timestamp
);

CREATE INDEX idx_cached_related_persons_patient ON cached_related_persons (patient_id);

CREATE TABLE cached_staff (
  id varchar(50) PRIMARY KEY,
  first_name varchar(100),
  full_name varchar(200),
  role varchar(50),
  phone varchar(20)
);
