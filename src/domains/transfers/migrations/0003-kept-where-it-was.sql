alter table "transfers" add "from_departments" jsonb not null default '[]';
alter table "transfer_items" drop constraint "transfer_items_reason_check";
alter table "transfer_items" add constraint "transfer_items_reason_check" check (reason in ('NAMED', 'SUPERVISOR', 'OTHER_DEPARTMENT', 'DEPARTMENT_ABOVE', 'NOBODY', 'CHANGED_SINCE', 'FORMER_LEFT', 'NOT_YOURS'));
-- transfers of before are read where whose they were sits now, as they were until now
-- the policies bind the login too, where that is no superuser; requests are another role, which they go on to bind
alter table transfers no force row level security;
alter table department_members no force row level security;
update transfers set from_departments = (
  select coalesce(jsonb_agg(member.department_id), '[]') from department_members as member
  where member.organization_id = transfers.organization_id and member.employee_id = transfers.from_id
) where from_id is not null;
alter table department_members force row level security;
alter table transfers force row level security;
