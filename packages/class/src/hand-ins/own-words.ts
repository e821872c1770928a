/** Words of the work, its parts and its forms: what is left of a name may be a person's. */
const OF_THE_WORK =
  /^(?:answers?|antwort(?:en)?|antwoord(?:en)?|reponses?|respuestas?|reports?|notebooks?|labs?|labors?|exercises?|readme|assignments?|home-?works?|hw|solutions?|codes?|models?|train(?:ing|ed)?|index|main|submissions?|submit|project|projects|bericht|aufgaben?|abgaben?|rapport|verslag|tarea|opdracht|vraag|frage|parts?|teil|deel|partie|parte|questions?|q|ex|tasks?|final|drafts?|copy|copies|kopie|version|v|ver|new|old|my|the|and|of|for|to|a|in|with|work|notes?|summary|experiments?|results?|analysis|appendix|intro(?:duction)?|conclusions?|discussion|explorations?|plots?|figures?|curves?|histor(?:y|ies)|logs?|test(?:s|ing)?|eval(?:uation)?|data|datasets?|text|essay|playground|extra|attempt|untitled|document|colab|jupyter|python|deep|deep-?learning|dl|ml|ai|learning|machine|mnist|cifar|fashion|keras|torch|pytorch|tensorflow|tf|cnn|cnns|conv|convolutions?|convolutional|mlp|mlps|dense|linear|relu|sigmoid|softmax|tanh|dropout|batchnorm|adam|sgd|network|networks|net|neural|nn|perceptrons?|images?|recognition|classification|classifier|regression|baseline|augment(?:ed|ation)?|design|hidden|layers?|small|large|big|wide|shallow|epochs?|full|best|worst|one|two|three|first|second|third|left|right|before|after)$/iu;

/**
 * The words of a file's name, without its ending, that say nothing of the work: perhaps whose it is. Short numbers and
 * single letters count parts, long ones may be somebody's.
 */
export function ownWords(stem: string): string[] {
  return stem
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map((word) => word.replace(/\d+$/u, ''))
    .filter((word) => word.length > 1 && !OF_THE_WORK.test(word));
}
