import { type Question, questionsIn } from '@/lib/domain/settings/texts'
import { webMessages } from '@/lib/messages/web'
import { shopFacts, shopSettings } from './site'

/** The owner's questions first, then those that every shop is asked. */
export async function shopQuestions(): Promise<Question[]> {
  const [{ questions }, facts] = await Promise.all([shopSettings(), shopFacts()])
  return [...questionsIn(questions), ...webMessages.questions.standard(facts)]
}
