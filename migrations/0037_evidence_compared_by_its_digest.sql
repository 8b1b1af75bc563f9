-- A scan compares what it reads of thousands of services with what was read before: by a digest of the rows, of which the
-- evidence stays what people are shown. Null: it was read before there was one, and the next scan writes it.
alter table services add column technical_evidence_digest bigint;
