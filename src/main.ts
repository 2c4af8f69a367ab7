import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { offerAutomation } from './state/automation';
import { workspace } from './state/workspace.svelte';

mount(App, { target: document.getElementById('app')! });
Object.assign(globalThis, { coterie: offerAutomation(workspace, workspace.start()) });
