-- The cache as the agency runs it: generation 2 of 2026-01-29.
-- Standing: the columns are documented (the agency's own repository); the words here are ours.

CREATE TABLE cached_practitioners (
  id varchar(50) PRIMARY KEY,
  first_name varchar(100),
  last_name varchar(100),
  full_name varchar(200),
  phone varchar(20), -- the mobile number
  home_phone varchar(20),
  work_phone varchar(20),
  email varchar(200),
  address varchar(500),
  city varchar(100),
  state varchar(10),
  zip_code varchar(20),
  status varchar(50),
  is_hired boolean DEFAULT false,
  is_active boolean DEFAULT false,
  hire_date date,
  skills text, -- JSON as text
  certifications text, -- JSON as text
  notes text,
  external_id varchar(100),
  wellsky_data jsonb, -- the resource as it came
  synced_at timestamp DEFAULT current_timestamp,
  created_at timestamp DEFAULT current_timestamp,
  updated_at timestamp DEFAULT current_timestamp
);

CREATE TABLE cached_patients (
  id varchar(50) PRIMARY KEY,
  first_name varchar(100),
  last_name varchar(100),
  full_name varchar(200),
  phone varchar(20),
  home_phone varchar(20),
  work_phone varchar(20),
  email varchar(200),
  address varchar(500),
  city varchar(100),
  state varchar(10),
  zip_code varchar(20),
  status varchar(50),
  is_active boolean DEFAULT false,
  start_date date,
  emergency_contact_name varchar(200),
  emergency_contact_phone varchar(20),
  referral_source varchar(200),
  notes text,
  wellsky_data jsonb,
  synced_at timestamp DEFAULT current_timestamp,
  created_at timestamp DEFAULT current_timestamp,
  updated_at timestamp DEFAULT current_timestamp
);

CREATE TABLE wellsky_sync_log (
  id serial PRIMARY KEY,
  sync_type varchar(50),
  started_at timestamp DEFAULT current_timestamp,
  completed_at timestamp,
  records_synced integer,
  records_added integer,
  records_updated integer,
  errors text,
  status varchar(20) -- running, completed, failed
);
