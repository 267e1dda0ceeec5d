import { start } from '../start.tsx';
import { Flyout } from './flyout.tsx';

start(Flyout, 'flyout.title');
