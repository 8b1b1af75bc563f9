//! The functions of networks, their addresses, and what routers need once.

use domain::role::Role::{Admin, Noc, Support, Technician};

use super::{Function, May, function};

const POOL_READERS: May = May::Roles(&[Admin, Noc, Support, Technician]);
const EDITORS: May = May::Roles(&[Admin, Noc]);

pub const FUNCTIONS: &[Function] = &[
    function("office/pools/api/list_pools", POOL_READERS, ""),
    function("office/pools/api/show_pool", POOL_READERS, "pool=999"),
    function("office/pools/api/begin_pool", POOL_READERS, ""),
    function("office/pools/api/create_pool", EDITORS, "pool[name]="),
    function("office/pools/api/edit_pool", EDITORS, "id=999&pool[name]="),
    function("office/pools/api/remove_pool", EDITORS, "pool=999"),
    function("office/pools/api/reserve_address", EDITORS, "pool=999&form[why]="),
    function("office/pools/api/release_address", EDITORS, "pool=999&address=10.0.0.1"),
    function("office/routers/api/apply_base", EDITORS, "router=999"),
];
