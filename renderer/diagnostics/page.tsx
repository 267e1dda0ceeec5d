import { start } from '../start.tsx';
import { Diagnostics } from './diagnostics.tsx';

start(Diagnostics, 'diagnostics.title');
