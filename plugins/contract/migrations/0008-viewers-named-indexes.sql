-- outside a transaction
drop index concurrently if exists plg_contract.viewers_one;
create unique index concurrently viewers_one on plg_contract.viewers (organization_id, contract_id, contact_id);
