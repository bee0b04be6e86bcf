import { createClient } from './client';
import { startOffline } from './offline';
import { watchThisPage } from './requests';
import { firstWords, mountPage } from './ui';

watchThisPage();
const root = document.getElementById('root');
if (root) {
  const [client, offline] = [createClient(), startOffline()];
  void firstWords().then((words) => mountPage(root, client, offline, words));
}
