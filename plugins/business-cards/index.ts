import { cardRecognizers, defineModule, register } from '@guichet/sdk';
import { tesseractCards } from './cards.recognizer.ts';

export default defineModule({
  name: 'business-cards',
  version: '0.1.0',
  description: 'Reads business cards in Chinese and English, on this server alone.',
  guichet: '^0.1.0',
  needs: ['contact-cards'],
  registrations: [register(cardRecognizers, tesseractCards)],
});
