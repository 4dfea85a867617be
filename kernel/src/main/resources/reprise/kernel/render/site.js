const box = document.getElementById('search');
const papers = [...document.querySelectorAll('[data-text]')];
function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const paper of papers) {
    const hit = words.every(w => paper.dataset.text.includes(w));
    paper.hidden = !hit;
    shown += hit ? 1 : 0;
  }
  for (const part of document.querySelectorAll('section')) {
    part.hidden = !part.querySelector('[data-text]:not([hidden])');
  }
  document.getElementById('found').textContent = words.length ? shown + ' of ' + papers.length : '';
}
box.value = decodeURIComponent(location.hash.slice(1));
box.addEventListener('input', search);
search();
