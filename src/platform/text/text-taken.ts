// Forms are checked by the same code where they are filled in, so it lies in their package.
export { hasSomethingToSee, type TakenText, type TextFault, takeText } from '@guichet/forms';
