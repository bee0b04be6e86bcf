import { createClient } from './client';
import { startOffline } from './offline';
import { mountPage } from './ui';

const root = document.getElementById('root');
if (root) mountPage(root, createClient(), startOffline());
