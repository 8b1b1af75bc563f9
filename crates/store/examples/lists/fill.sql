-- The demo times a hundred: 30,000 customers, contracts and services; 150,000 invoices, of which 15,000 are open; 135,000 payments.
insert into taxes(name,rate_percent) values ('IVA',16),('Exento',0);
insert into sectors(name) select 'Sector '||g from generate_series(1,30) g;
insert into cutoff_policies(name,due_days,grace_days,soft_cut_after_days,hard_cut_after_days,removal_after_days,minimum_debt) values ('Estandar',15,5,10,30,60,1),('Empresas',30,10,20,60,null,1);
insert into plans(code,name,kind,down_kbps,up_kbps,price,currency,tax_id) select 'F'||g,'Fibra '||g*10,'internet',g*10000,g*5000,10+g,'USD',1 from generate_series(1,20) g;
insert into plans(code,name,kind,price,currency,tax_id) values ('IP','IP fija','addon',5,'USD',1);
insert into routers(name,host,port,username,password_encrypted,mode) select 'router-'||g,'10.0.0.'||g,8728,'ramal','x','live' from generate_series(1,10) g;
insert into customers(reference,kind,name,tax_id,email,phone,language,created_at)
 select 'CLI'||lpad(g::text,5,'0'), case when g%10=0 then 'company' else 'person' end,
 (array['María','José','Ana','Luis','Sofía','Andrés','Lucía','Ramón','Inés','Óscar','Carmen','Hugo','Elena','Raúl','Teresa','Iván'])[1+(g*7)%16]||' '||(array['López','García','Hernández','Martínez','Pérez','Núñez','Gómez','Díaz','Ruiz','Ortiz','Castro','Vargas','Rojas','Ibáñez','Muñoz'])[1+(g*11)%15]||' '||(array['Soto','Vega','Luna','Ríos','Peña','Mora','Cruz','Gil','Salas','Campos','Ávila','Ponce','León'])[1+(g*13)%13]||' '||g,
 'RFC'||lpad((g*7919%1000000)::text,6,'0'), 'cliente'||g||'@example.com', '+5255'||lpad((g::bigint*104729%100000000)::text,8,'0'),'es','2025-01-01'::timestamptz+g*interval '10 minutes'
 from generate_series(1,30000) g;
insert into addresses(customer_id,sector_id,street,city,country,latitude,longitude)
 select g,1+g%30,'Calle '||(g*17%5000)||' núm. '||g%300,'Oaxaca','MX',17+(g%1000)/10000.0,-96-(g%1000)/10000.0 from generate_series(1,30000) g;
insert into contracts(code,customer_id,address_id,policy_id,currency,state,signed_on,activated_on,closed_on,close_reason,service_state,service_since,created_at)
 select 'C'||lpad(g::text,5,'0'),g,g,1+g%2,'USD',
 case when g%50=0 then 'draft' when g%50=1 then 'open' when g%50 in(2,3,4) then 'closed' else 'active' end,
 case when g%50<>0 then date '2025-01-01'+g%300 end, case when g%50 not in (0,1) then date '2025-01-05'+g%300 end,
 case when g%50 in(2,3,4) then date '2026-01-05' end, case when g%50 in(2,3,4) then 'moved' end,
 case when g%50 in(0,1,2,3,4) then 'none' when g%17=0 then 'suspended' when g%43=0 then 'disabled' else 'active' end, date '2026-01-01'-g%100,'2025-01-01'
 from generate_series(1,30000) g;
insert into contract_lines(contract_id,plan_id,description,quantity,unit_price,tax_id,every,anchor_day,mode,first_period,last_period,starts_on,next_invoice_on)
 select id,1+id%20,'Internet',1,30,1,'1m',1+id%28,'prepaid','prorate','prorate',activated_on,case when state='active' then date '2026-04-01'+(id%28)::int end from contracts;
insert into contract_lines(contract_id,plan_id,description,quantity,unit_price,tax_id,every,anchor_day,mode,first_period,last_period,starts_on,next_invoice_on)
 select id,21,'IP fija',1,5,1,'1m',1+id%28,'prepaid','prorate','prorate',activated_on,case when state='active' then date '2026-04-01'+(id%28)::int end from contracts where id%5=0;
insert into services(contract_id,router_id,access,pppoe_user,pppoe_password_encrypted,mac,ip,onu_serial,technical_state)
 select id,1+id%10,'pppoe','user'||id,'x', upper(regexp_replace(lpad(to_hex(id::bigint*99991),12,'0'),'(..)(?!$)','\1:','g')),('100.64.0.0'::inet+id), 'HWTC'||lpad(to_hex(id*7919),8,'0'),'active' from contracts where id%50<>0;
insert into holds(contract_id,reason,effect,evidence,placed_on,placed_at) select id,'staff',case when service_state='suspended' then 'soft_cut' else 'hard_cut' end,'{"kind":"decision","why":"x"}','2026-01-01','2026-01-01' from contracts where service_state in ('suspended','disabled');
insert into invoices(kind,state,number,customer_id,contract_id,currency,issued_on,due_on,untaxed,tax,total,created_at)
 select 'invoice','issued','F-'||m||'-'||c.id,c.customer_id,c.id,'USD',(date '2025-10-01'+make_interval(months=>m))::date,(date '2025-10-16'+make_interval(months=>m))::date,30,4.8,34.8,'2025-01-01'
 from contracts c, generate_series(1,5) m;
insert into payments(customer_id,receipt,received_on,method,amount,currency,recorded_at,idempotency_key)
 select customer_id,'R-'||id,issued_on+5,'cash',34.8,'USD','2025-01-01','k'||id from invoices where not (customer_id%4=0 and issued_on>='2026-02-01') ;
insert into allocations(invoice_id,payment_id,amount,allocated_on)
 select i.id,p.id,34.8,p.received_on from invoices i join payments p on p.receipt='R-'||i.id;
insert into timeline(at,on_date,customer_id,contract_id,event,for_customer,actor_name)
 select '2026-01-01','2026-01-01',customer_id,contract_id,jsonb_build_object('kind','contract_signed','on','2026-01-01'),true,'x' from invoices;
