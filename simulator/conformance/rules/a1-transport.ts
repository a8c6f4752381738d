import { proved, section } from '@/simulator/conformance/rule'

export const transport = section('A.1 Transport', 'a1-transport.test.ts', {
  'A.1-path-1': proved('A method is called at /bot<token>/<method>, or /bot<token>/test/<method>.'),
  'A.1-path-2': proved('With nothing behind the token, an argument named `method` names it.'),
  'A.1-path-3': proved('The case of a method’s name does not matter.'),
  'A.1-path-4': proved('Any other path, and a token without a slash behind it, is 404 Not Found.'),
  'A.1-verb-1': proved('Other verbs than GET and POST get a bare 501 and a closed connection.'),
  'A.1-params-1': proved('Parameters come as query, form, multipart or JSON.'),
  'A.1-params-2': proved('A value in the query shadows the one in the body.'),
  'A.1-params-3': proved('A nested JSON value and the same value as a string are one.'),
  'A.1-params-4': proved('Malformed JSON is no error: what was read before it counts.'),
  'A.1-params-5': proved('A body of an unknown content type is ignored.'),
  'A.1-limit-1': proved('More than 1 MiB of parameters is 413, with an empty body.'),
  'A.1-limit-2': proved('More than 256 KiB of headers is 431, with an empty body.'),
  'A.1-limit-3': proved('Request bodies may be packed with gzip or deflate.'),
  'A.1-limit-4': proved('Another content encoding is 415, with an empty body.'),
  'A.1-limit-5': proved('A transfer encoding that is none is 501, with an empty body.'),
  'A.1-bool-1': proved('true, yes and 1 are true in any case and with spaces; all else is false.'),
  'A.1-int-1': proved('Integers are read as far as they go, and moved into their range silently.'),
  'A.1-required-1': proved('An empty string counts as a missing parameter.'),
  'A.1-answer-1': proved('Answers are application/json on a connection that stays open.'),
  'A.1-answer-2': proved(
    'Answers and updates are ASCII: \\uXXXX in pairs where needed, and / as it is.',
  ),
})
