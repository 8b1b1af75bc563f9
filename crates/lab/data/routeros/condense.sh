#!/bin/sh
# Condenses a list of RouterOS commands (one a line, its arguments after it, on standard input) to what the
# simulated router needs: commands grouped by menu, without those of the console and without foreign menus.
awk '
  /^\/(certificate\/scep-server|ip\/(ipsec|kid-control|media|smb|socks|tftp))\// { next }
  {
    depth = split($1, parts, "/")
    verb = parts[depth]
    menu = substr($1, 1, length($1) - length(verb) - 1)
    if (verb ~ /^(edit|find|get)$/ || (verb == "export" && menu != "")) next
    if (menu == "") menu = "/"
    if (menu != last) print menu
    last = menu
    $1 = " " verb
    print
  }
'
