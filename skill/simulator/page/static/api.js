// Talks to the server. Whatever goes wrong is said in the page's head, in the server's own words.

const meta = document.querySelector("meta[name=token]");
const notice = document.getElementById("notice");

export function tell(words, kind = "bad") {
  notice.className = kind;
  notice.textContent = words;
}

// `quiet`: asked by itself, not by a person; what is told meanwhile stays.
export async function get(path, quiet = false) {
  return answer(await send(path, {}), quiet);
}

export async function post(path, body, again = true) {
  const response = await send(path, {
    method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-Back-Coach-Token": meta.content },
  });
  if (response.status === 403 && again && (await renewed())) return post(path, body, false);
  return answer(response);
}

async function send(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw told("The server doesn't answer. Is it still running? Start it with: make run");
  }
}

async function answer(response, quiet = false) {
  const given = await response.json().catch(() => ({ error: `The server answered ${response.status}.` }));
  if (!response.ok) throw Object.assign(told(given.error), { status: response.status });
  if (!quiet) tell("");
  return given;
}

function told(words) {
  tell(words);
  return new Error(words);
}

// The server was started anew since this page was loaded: its new page has the new token.
async function renewed() {
  const page = await send("/", {});
  const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("meta[name=token]");
  if (!found || found.content === meta.content) return false;
  meta.content = found.content;
  return true;
}
