// Bespoken's virtual Alexa: its own matching of utterances, its own session, our answers over HTTP.
// Arguments: the skill's address, the interaction model, and what is said, turn by turn; every utterance has to be a
// sample word for word, as it throws otherwise. Out: an object a turn, with what the skill keeps and whether it ended.

import { createRequire } from "node:module";

const { VirtualAlexa } = createRequire(import.meta.url)("virtual-alexa");
const [address, model, ...said] = process.argv.slice(2);

const alexa = VirtualAlexa.Builder().skillURL(address).interactionModelFile(model).locale("en-US").create();
for (const words of said) {
  const answer = await alexa.utter(words);
  console.log(JSON.stringify({ ended: answer.response.shouldEndSession, ...answer.sessionAttributes }));
}
