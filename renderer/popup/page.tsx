import { start } from '../start.tsx';
import { Popup } from './popup.tsx';

start(Popup, 'popup.title');
