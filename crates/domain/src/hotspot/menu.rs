//! The menus of a router's hotspot.

use serde::{Deserialize, Serialize};

use crate::words::words;

words! {
    /// A menu under `/ip/hotspot`.
    pub enum HotspotMenu {
        Server = "server",
        ServerProfile = "server_profile",
        UserProfile = "user_profile",
        User = "user",
        Active = "active",
        Cookie = "cookie",
        Garden = "garden",
        GardenIp = "garden_ip",
        Binding = "binding",
    }
}

impl HotspotMenu {
    /// Its path in the API.
    pub fn path(self) -> &'static str {
        match self {
            Self::Server => "/ip/hotspot",
            Self::ServerProfile => "/ip/hotspot/profile",
            Self::UserProfile => "/ip/hotspot/user/profile",
            Self::User => "/ip/hotspot/user",
            Self::Active => "/ip/hotspot/active",
            Self::Cookie => "/ip/hotspot/cookie",
            Self::Garden => "/ip/hotspot/walled-garden",
            Self::GardenIp => "/ip/hotspot/walled-garden/ip",
            Self::Binding => "/ip/hotspot/ip-binding",
        }
    }

    /// What is read of each row. Cookies are looked up when they are to go.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Server => &[".id", "name", "profile", "disabled"],
            Self::ServerProfile => &[".id", "name", "html-directory"],
            Self::UserProfile => &[
                ".id",
                "name",
                "rate-limit",
                "shared-users",
                "session-timeout",
                "add-mac-cookie",
                "mac-cookie-timeout",
            ],
            Self::User => &[
                ".id",
                "name",
                "password",
                "profile",
                "server",
                "limit-uptime",
                "limit-bytes-total",
                "mac-address",
                "disabled",
                "uptime",
                "bytes-in",
                "bytes-out",
                "comment",
            ],
            Self::Active => &[".id", "user", "address", "mac-address", "uptime", "bytes-in", "bytes-out"],
            Self::Cookie => &[".id", "user", "mac-address"],
            Self::Garden => &[".id", "dst-host", "action", "server", "disabled", "comment"],
            Self::GardenIp => &[".id", "dst-host", "dst-address", "action", "server", "disabled", "comment"],
            Self::Binding => &[".id", "mac-address", "type", "server", "disabled", "comment"],
        }
    }
}
