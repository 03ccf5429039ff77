// Taimos' ask-sdk-test, run by mocha: sequences of intents, and what the skill keeps after each.
// It also wants a question mark in whatever keeps the session open, as certification does. SKILL_URL is the address.

const { AlexaTest, IntentRequestBuilder, LaunchRequestBuilder } = require("ask-sdk-test");

const settings = {
  appId: "amzn1.ask.skill.back-coach", userId: "amzn1.ask.account.ASK-SDK-TEST", deviceId: "amzn1.ask.device.TEST",
  locale: "en-US",
};

async function skill(event) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(process.env.SKILL_URL, { method: "POST", body: JSON.stringify(event), headers });
  return answer.json();
}

// A turn: what is asked, what is kept after it, and whether that ends the session (it has to be said of each).
// What is asked at the end of an audio document is out of its sight: `inAudio`.
function turn(request, attributes, { ends = false, inAudio = false } = {}) {
  const hasAttributes = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [
    name, Array.isArray(value) ? (kept) => JSON.stringify(kept) === JSON.stringify(value) : value]));
  return { request, hasAttributes, shouldEndSession: ends, ignoreQuestionCheck: inAudio };
}

const launch = () => new LaunchRequestBuilder(settings).build();
const intent = (name) => new IntentRequestBuilder(settings, name);
const plain = (name) => intent(name).build();
const about = (name, slot, type, words, id) => intent(name).withSlotResolution(slot, words, type, id).build();

const tests = new AlexaTest(skill, settings);

describe("Back Coach", () => {
  tests.test([
    turn(launch(), { state: "open", said: [] }),
    turn(about("AskIntent", "topic", "Topic", "ice", "treat.ice"), { state: "open", said: ["treat.ice"] }),
    turn(plain("HowLongIntent"), { state: "open", said: ["treat.ice"] }),
    turn(plain("AMAZON.StopIntent"), { state: "closed" }, { ends: true }),
  ], "answers a question");

  tests.test([
    turn(plain("CheckWarningSignsIntent"), { state: "check", asking: ["sign.bladder-bowel", "sign.saddle"] }),
    turn(about("ReportSymptomIntent", "symptom", "Symptom", "i can't feel it when i wipe", "sign.saddle"),
      { disposition: "emergency", said: ["seek.emergency", "sign.saddle"], found: ["sign.saddle"] }),
  ], "sends an emergency off");

  tests.test([
    turn(about("StartStretchIntent", "stretch", "Stretch", "child's pose", "stretch.childs-pose"),
      { state: "stretch", said: [], asking: ["sign.numbness", "sign.leg-weakness", "sign.radiating"] }),
    turn(plain("AMAZON.NoIntent"), { state: "stretch", said: ["stretch.childs-pose"] }, { inAudio: true }),
    turn(plain("AMAZON.StopIntent"), { state: "closed" }, { ends: true }),
  ], "stretches, once it has asked");
});
