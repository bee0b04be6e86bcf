import { createClient } from './client';
import { startOffline } from './offline';
import { watchThisPage } from './requests';
import { mountPage } from './ui';

watchThisPage();
const root = document.getElementById('root');
if (root) mountPage(root, createClient(), startOffline());
