// What the pages do besides being read. Without it they work all the same, where the router does not ask for a challenge.
(function () {
  "use strict";
  var spanish = (navigator.language || "es").toLowerCase().indexOf("es") === 0;
  var chosen = document.getElementById(spanish ? "es" : "en");
  if (chosen) chosen.checked = true;

  // The router's own sentences hold both languages.
  Array.prototype.forEach.call(document.querySelectorAll(".error"), function (place) {
    if (place.children.length) return;
    var parts = place.textContent.split(" | ");
    if (parts.length !== 2) return;
    place.textContent = "";
    ["es", "en"].forEach(function (language, nth) {
      var part = document.createElement("span");
      part.className = language;
      part.textContent = parts[nth].trim();
      place.appendChild(part);
    });
  });

  // A code as it is printed: nine signs, and one that tells a slip of the finger.
  var SIGNS = "234679ACDEFHJKMNPRTUWXY";
  function bare(typed) {
    return typed.toUpperCase().replace(/[\s-]/g, "");
  }
  function isCode(code) {
    if (code.length !== 10) return false;
    var sum = 0;
    for (var place = 0; place < 10; place++) {
      var sign = SIGNS.indexOf(code.charAt(place));
      if (sign < 0) return false;
      sum += place < 9 ? (place + 2) * sign : sign;
    }
    return sum % SIGNS.length === 0;
  }
  window.isCode = isCode;

  var answer = null;
  // `id` and `challenge` are the router's, in this page alone.
  window.answerChallenges = function (id, challenge) {
    answer = function (password) {
      return hexMD5(id + password + challenge);
    };
  };

  Array.prototype.forEach.call(document.querySelectorAll("form.sign-in"), function (form) {
    form.addEventListener("submit", function (event) {
      var user = form.elements.username, password = form.elements.password;
      if (form.id === "with-code") {
        user.value = bare(user.value);
        var wrong = !isCode(user.value);
        document.getElementById("mistyped").hidden = !wrong;
        if (wrong) {
          event.preventDefault();
          user.focus();
          return;
        }
      }
      if (!answer) return;
      // What is shown stays as it was typed: the answer goes in a form of its own.
      event.preventDefault();
      var sent = document.createElement("form");
      sent.method = "post";
      sent.action = form.action;
      sent.hidden = true;
      [["username", user.value], ["password", answer(password.value)], ["dst", form.elements.dst.value], ["popup", "false"]].forEach(function (pair) {
        var field = document.createElement("input");
        field.type = "hidden";
        field.name = pair[0];
        field.value = pair[1];
        sent.appendChild(field);
      });
      document.body.appendChild(sent);
      sent.submit();
    });
  });
})();
