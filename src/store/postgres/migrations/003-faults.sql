-- What runs show over all agencies: a fault has the same key everywhere, and is not over where it was not tested.

alter table conform.run add column untested text[] not null default '{}';

alter table conform.cause drop constraint cause_side_check;
alter table conform.cause add constraint cause_side_check check (side in ('vendor', 'us', 'network'));
