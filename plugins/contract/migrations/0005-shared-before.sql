-- Contracts that were shared before there was a column for it: the counterparty has the last version that was shared. The tables' owner reads
-- them too, which row level security would keep from it.
alter table plg_contract.contracts no force row level security;
alter table plg_contract.versions no force row level security;
update plg_contract.contracts set shared_version_id = (
  select id from plg_contract.versions
  where versions.organization_id = contracts.organization_id and versions.contract_id = contracts.id and versions.shared_at is not null
  order by position desc limit 1
) where shared_at is not null and shared_version_id is null;
alter table plg_contract.versions force row level security;
alter table plg_contract.contracts force row level security;
