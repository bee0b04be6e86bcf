import { createClient } from './client';
import { mountPage } from './ui';

const root = document.getElementById('root');
if (root) mountPage(root, createClient());
