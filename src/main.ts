import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { workspace } from './state/workspace.svelte';

mount(App, { target: document.getElementById('app')! });
void workspace.start();
