-- outside a transaction
drop index concurrently if exists plg_contract.signers_seal;
create unique index concurrently signers_seal on plg_contract.signers (organization_id, contract_id, round) where is_seal;
