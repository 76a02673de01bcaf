// Options in an order of the day and one set of numbers a day: the same on front and back. Without
// this the order is that of the note, and the first numbers show.
(function () {
  var card = document.querySelector(".mlsd");
  var minutes = Date.now() / 60000 - new Date().getTimezoneOffset();
  var day = Math.floor((minutes - 240) / 1440); // a day begins at four in the morning
  var seed = 2166136261;
  (card.getAttribute("data-card") + ":" + day).split("").forEach(function (sign) {
    seed = Math.imul(seed ^ sign.charCodeAt(0), 16777619);
  });
  function random(state) {
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      var mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
  function place(item) { return Number(item.getAttribute("data-place")); }
  card.querySelectorAll(".shuffle").forEach(function (list) {
    var items = [].slice.call(list.children), next = random(seed);
    var first = list.hasAttribute("data-fixed") ? 1 : 0;
    if (first) items.sort(function (a, b) { return place(a) - place(b); });
    for (var i = items.length - 1; i > first; i--) {
      var j = first + Math.floor(next() * (i - first + 1)), item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    var right = items[0].hasAttribute("data-place") && items.every(function (item, index) {
      return place(item) === index;
    });
    if (right) items.push(items.splice(first, 1)[0]); // never the right order
    items.forEach(function (item) { list.appendChild(item); });
  });
  card.querySelectorAll(".variants").forEach(function (list) {
    list.classList.add("chosen");
    list.children[day % list.children.length].classList.add("today");
  });
})();
