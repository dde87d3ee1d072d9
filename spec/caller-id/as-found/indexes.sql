-- The indexes of generation 2. Those on the phone columns serve no lookup: every lookup wraps the column in an
-- expression, and an index on a column knows nothing of expressions over it.
-- Standing: documented (the agency's own repository).

CREATE INDEX idx_practitioners_phone ON cached_practitioners (phone);
CREATE INDEX idx_practitioners_home_phone ON cached_practitioners (home_phone);
CREATE INDEX idx_practitioners_work_phone ON cached_practitioners (work_phone);
CREATE INDEX idx_practitioners_status ON cached_practitioners (status);
CREATE INDEX idx_practitioners_is_hired ON cached_practitioners (is_hired);
CREATE INDEX idx_practitioners_is_active ON cached_practitioners (is_active);
CREATE INDEX idx_practitioners_synced_at ON cached_practitioners (synced_at);
CREATE INDEX idx_practitioners_full_name ON cached_practitioners USING gin (to_tsvector('english', full_name));

CREATE INDEX idx_patients_phone ON cached_patients (phone);
CREATE INDEX idx_patients_home_phone ON cached_patients (home_phone);
CREATE INDEX idx_patients_work_phone ON cached_patients (work_phone);
CREATE INDEX idx_patients_status ON cached_patients (status);
CREATE INDEX idx_patients_is_active ON cached_patients (is_active);
CREATE INDEX idx_patients_synced_at ON cached_patients (synced_at);
CREATE INDEX idx_patients_full_name ON cached_patients USING gin (to_tsvector('english', full_name));

CREATE INDEX idx_sync_log_started_at ON wellsky_sync_log (started_at DESC);
