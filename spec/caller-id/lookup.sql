-- The lookup: everyone who has the number, who is to be greeted first in front. $1 is E.164 without the plus.
SELECT kind, person_id, name, status, city, active, synced_at
FROM caller_numbers
WHERE number = $1
ORDER BY preference, person_id
